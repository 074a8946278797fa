pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Bridge

// A day by touch: year, month, day, each a step up or down; held down, it goes on. Rows: key, text, label, up, down.
Grid {
    id: wheel

    required property Rows parts
    readonly property real each: Math.floor((width - (columns - 1) * spacing) / columns)

    signal turned(string day)

    columns: 3
    spacing: Theme.gap

    Repeater {
        model: wheel.parts

        Column {
            id: part

            required property var row

            width: wheel.each
            spacing: Theme.s1

            Step {
                objectName: "wheel_" + part.row.key + "_up"
                width: parent.width
                symbol: "plus"
                name: part.row.label
                to: part.row.up
            }

            Rectangle {
                width: parent.width
                height: Theme.fieldHeight
                radius: Theme.radiusField
                color: Theme.sheet
                border.width: Theme.pressable
                border.color: Theme.edge

                Text {
                    anchors.centerIn: parent
                    text: part.row.text
                    font.family: Theme.sans
                    font.bold: true
                    font.pixelSize: Theme.value
                    color: Theme.ink
                    Accessible.role: Accessible.StaticText
                    Accessible.name: text
                }
            }

            Step {
                objectName: "wheel_" + part.row.key + "_down"
                width: parent.width
                symbol: "minus"
                name: part.row.label
                to: part.row.down
            }
        }
    }

    component Step: AbstractButton {
        id: step

        property string symbol: ""
        property string name: ""
        property string to: ""

        enabled: to !== ""
        autoRepeat: true
        focusPolicy: Qt.TabFocus
        implicitHeight: Theme.target
        Accessible.role: Accessible.Button
        Accessible.name: (symbol === "plus" ? Say.t("wheel.more") : Say.t("wheel.less")) + " " + name
        Accessible.onPressAction: step.clicked()
        onClicked: wheel.turned(step.to)

        background: Rectangle {
            radius: Theme.radiusField
            color: !step.enabled ? Theme.wash : step.down ? Theme.actWash : Theme.sheet
            border.width: Theme.pressable
            border.color: step.enabled ? Theme.act : Theme.edge

            FocusRing {
                target: parent as Item
                visible: step.visualFocus
            }
        }

        contentItem: Item {
            Icon {
                anchors.centerIn: parent
                name: step.symbol
                size: Theme.icon
                strong: true
                color: step.enabled ? Theme.act : Theme.ink3
            }
        }
    }
}
