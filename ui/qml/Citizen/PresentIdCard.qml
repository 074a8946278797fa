pragma ComponentBehavior: Bound

import QtQuick
import Design

// Where the card goes, what was agreed, what comes next; and a way for whoever has no card here.
CitizenPage {
    id: page

    ReaderDrawing {
        width: page.bodyWidth
        visible: !page.d.without
        height: page.lying ? 440 : Theme.elder ? 480 : implicitHeight
        caption: page.d.faceUp
    }

    StatusStrip {
        objectName: "reader_state"
        width: page.bodyWidth
        visible: !page.d.without
        state2: page.d.waiting ? "now" : "wait"
        symbol: "card"
        text: page.d.state
        aside: page.d.where
    }

    Column {
        width: page.bodyWidth
        visible: !page.d.without

        FactRow {
            width: parent.width
            symbol: "check"
            text: page.d.agreed
            tint: Theme.ok
        }

        FactRow {
            width: parent.width
            symbol: "arrow-right"
            text: page.d.after
            last: true
        }
    }

    Column {
        width: page.bodyWidth
        visible: page.d.without

        Repeater {
            model: page.view.rows("instead")

            FactRow {
                required property var row

                width: page.bodyWidth
                symbol: row.icon
                text: row.text
                detail: row.detail
            }
        }
    }
}
