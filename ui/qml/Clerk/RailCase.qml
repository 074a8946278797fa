pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Design

// One open case: its code, where it stands, whose company. Filled blue is the one on this desk.
AbstractButton {
    id: item

    required property var row
    property bool opens: false
    property bool terse: false // large type below the queue: the code and where it stands
    readonly property bool marked: opens && row.marked
    readonly property color tint: row.active ? Theme.onFill : opens ? Theme.act : Theme.ink

    objectName: "open_" + row.key
    enabled: opens
    implicitHeight: words.implicitHeight + 20
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.Button
    Accessible.name: [row.code, row.words, row.company].join(" ")
    Accessible.onPressAction: item.clicked()

    background: Rectangle {
        radius: item.row.active || item.marked ? 8 : 0
        color: item.row.active ? Theme.act : item.down || item.marked ? Theme.actWash : "transparent"
        border.width: item.marked ? Theme.pressable : 0
        border.color: Theme.act

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            visible: !item.row.active && !item.marked
            color: Theme.line
        }
    }

    contentItem: Item {
        Column {
            id: words

            x: 10
            y: 10
            width: parent.width - 20
            spacing: 2

            Item {
                width: parent.width
                height: code.height

                BodyText {
                    id: code

                    text: item.row.code
                    strong: true
                    color: item.tint
                }

                KeyCap {
                    anchors.right: parent.right
                    anchors.verticalCenter: code.verticalCenter
                    visible: item.marked
                    text: "F3"
                    color2: Theme.act
                }
            }

            LabelText {
                width: parent.width
                visible: !item.terse
                text: item.row.company
                color: item.row.active ? Theme.onFill : Theme.ink2
                Accessible.ignored: true
            }

            Row {
                spacing: 6

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: item.row.icon
                    size: Theme.px(16)
                    strong: true
                    color: item.row.active ? Theme.onFill : Theme.stateColor(item.row.state)
                }

                LabelText {
                    text: item.row.words
                    strong: true
                    color: item.row.active ? Theme.onFill : Theme.stateColor(item.row.state)
                    Accessible.ignored: true
                }
            }
        }
    }
}
