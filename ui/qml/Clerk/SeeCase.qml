pragma ComponentBehavior: Bound

import QtQuick
import Design

// A case that has nothing to do at this desk now: what happened to it, newest first.
ClerkPage {
    id: page

    head: BodyText {
        text: page.d.due
        strong: true
        font.pixelSize: Theme.px(22)
        color: Theme.wait
        wrapMode: Text.NoWrap
    }

    StatusStrip {
        width: parent.width
        symbol: page.d.saidIcon
        state2: page.d.saidState
        text: page.d.said
    }

    Column {
        id: timeline

        width: parent.width

        Repeater {
            model: page.view.rows("timeline")

            Item {
                id: entry

                required property var row
                required property int index

                objectName: "entry_" + row.key
                width: timeline.width
                height: Theme.row
                Accessible.role: Accessible.Row
                Accessible.name: [row.at, row.what, row.words].join(" ")

                BodyText {
                    x: 12
                    anchors.verticalCenter: parent.verticalCenter
                    text: entry.row.at
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }

                BodyText {
                    x: Theme.px(220)
                    anchors.verticalCenter: parent.verticalCenter
                    text: entry.row.what
                    strong: true
                    color: Theme.ink
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }

                Chip {
                    x: Theme.px(430)
                    anchors.verticalCenter: parent.verticalCenter
                    bare: true
                    state2: entry.row.state
                    text: entry.row.words
                    size: Theme.body
                    Accessible.ignored: true
                }

                Rectangle {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: 1
                    color: Theme.line
                }
            }
        }
    }
}
