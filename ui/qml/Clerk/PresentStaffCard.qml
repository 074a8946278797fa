pragma ComponentBehavior: Bound

import QtQuick
import Design

// Nobody sits here yet: where the staff card goes.
ClerkPage {
    id: page

    Item {
        width: 1
        height: 24
    }

    ReaderDrawing {
        anchors.horizontalCenter: parent?.horizontalCenter
        width: 860
        height: 440
        caption: page.d.caption
    }

    StatusStrip {
        anchors.horizontalCenter: parent?.horizontalCenter
        width: 860
        symbol: page.d.works ? "card" : "cross"
        state2: page.d.works ? "now" : "stop"
        text: page.d.waiting
    }

    LabelText {
        anchors.horizontalCenter: parent?.horizontalCenter
        width: 860
        text: page.d.hint
        color: Theme.ink2
    }
}
