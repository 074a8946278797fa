pragma ComponentBehavior: Bound

import QtQuick
import Design

// Where the card goes, what was agreed, what comes next; and a way for whoever has no card here.
CitizenPage {
    id: page

    onlyRead: !told

    Grid {
        width: page.bodyWidth
        visible: !page.d.without
        columns: page.halves
        columnSpacing: Theme.s5
        rowSpacing: Theme.s3

        ReaderDrawing {
            width: page.halfWidth
            height: page.lying ? 440 : Theme.elder ? 480 : Math.max(300, implicitHeight - page.saidHeight)
            caption: page.d.faceUp
        }

        Column {
            width: page.halfWidth
            spacing: Theme.s3

            StatusStrip {
                objectName: "reader_state"
                width: parent.width
                state2: page.d.waiting ? "now" : "wait"
                symbol: "card"
                text: page.d.state
                aside: page.d.where
            }

            Column {
                width: parent.width

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
