pragma ComponentBehavior: Bound

import QtQuick
import Design

// Before anybody has signed in: how this window's devices are.
Column {
    id: rail

    required property ClerkPage page

    width: parent ? (parent as Item).width : 0
    spacing: 8

    BodyText {
        width: rail.width
        text: rail.page.d.devicesTitle
        strong: true
        color: Theme.ink
    }

    Column {
        width: rail.width

        Repeater {
            model: rail.page.view.rows("devices")

            Item {
                id: device

                required property var row

                objectName: "device_" + row.key
                width: rail.width
                height: words.height + 18
                Accessible.role: Accessible.StaticText
                Accessible.name: row.text + " " + row.words

                Column {
                    id: words

                    y: 8
                    width: parent.width
                    spacing: 2

                    LabelText {
                        width: parent.width
                        text: device.row.text
                        color: Theme.ink
                        Accessible.ignored: true
                    }

                    Chip {
                        bare: true
                        state2: device.row.state
                        text: device.row.words
                        Accessible.ignored: true
                    }
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
