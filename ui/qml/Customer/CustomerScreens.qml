pragma ComponentBehavior: Bound

import QtQuick
import Design

// What the citizen sees, by the moment's name; all of it is compiled at the start. Every moment has a component of its
// own, also where two look alike: a page's data go with the page.
StepStage {
    pages: ({
            "welcome": welcome,
            "paused": paused,
            "own_case": ownCase,
            "own_form": ownForm,
            "show_link": showLink,
            "show_card": showCard,
            "agree_library": agreeLibrary,
            "check_goods": checkGoods,
            "farewell": farewell,
            "sign_for": signFor,
            "read_notice": readNotice,
            "rate": rate
        })

    Component {
        id: welcome

        Listing {}
    }

    Component {
        id: paused

        Listing {}
    }

    Component {
        id: ownCase

        Listing {}
    }

    Component {
        id: ownForm

        Listing {}
    }

    Component {
        id: showCard

        Listing {}
    }

    Component {
        id: showLink

        ShowLink {}
    }

    Component {
        id: agreeLibrary

        Listing {}
    }

    Component {
        id: checkGoods

        Listing {}
    }

    Component {
        id: farewell

        Listing {}
    }

    Component {
        id: signFor

        SignFor {}
    }

    Component {
        id: readNotice

        SignFor {}
    }

    Component {
        id: rate

        RateService {}
    }
}
