pragma ComponentBehavior: Bound

import QtQuick
import Design

// What left the window, how far the word of it has come, and the sheet.
ClerkPage {
    id: page

    foot: [
        BodyText {
            objectName: "said"
            width: parent ? (parent as Item).width : 0
            text: page.d.said
            strong: true
            color: Theme.ink
        },
        LabelText {
            width: parent ? (parent as Item).width : 0
            text: page.d.saidMore
            color: Theme.ink2
        }
    ]

    Item {
        width: 1
        height: 4
    }

    TruthLine {
        width: parent.width
        stations: page.view.rows("stations")
    }

    Item {
        width: 1
        height: 4
    }

    GoodsGrid {
        width: parent.width
        page: page
    }

    StatusStrip {
        objectName: "sheet"
        width: parent.width
        symbol: "printer"
        state2: page.d.sheetState
        text: page.d.sheet
    }

    StatusStrip {
        objectName: "papers"
        width: parent.width
        symbol: "receipt"
        state2: page.d.papersState
        text: page.d.papers
    }

    StatusStrip {
        width: parent.width
        objectName: "passwords"
        visible: page.d.passwords !== ""
        symbol: "tax-device"
        state2: page.d.passwordsState
        text: page.d.passwords
    }
}
