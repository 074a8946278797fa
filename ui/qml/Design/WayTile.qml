pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic

// One of several ways of equal standing: the same size, type and weight, side by side.
AbstractButton {
    id: tile

    property string symbol: ""
    property string detail: ""
    property bool chosen: false
    property bool low: false // no higher than its words

    implicitHeight: Math.max(Theme.desk ? 88 : low ? Theme.target : Theme.px(200), words.implicitHeight + (Theme.desk ? 32 : 56))
    focusPolicy: Theme.desk ? Qt.StrongFocus : Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: text + " " + detail
    Accessible.checked: chosen
    Accessible.onPressAction: tile.clicked()

    background: Rectangle {
        radius: Theme.radiusButton
        color: tile.chosen || tile.down ? Theme.actWash : Theme.sheet
        border.width: tile.chosen ? Theme.pressable + 1.5 : Theme.pressable
        border.color: Theme.act

        FocusRing {
            target: parent as Item
            visible: tile.visualFocus
        }
    }

    contentItem: Item {
        Column {
            id: words

            x: Theme.desk ? 20 : 32
            // From the top, so that ways side by side stand on the same lines.
            y: Theme.desk ? 16 : 28
            width: parent.width - 2 * x
            spacing: Theme.desk ? 4 : 10

            Row {
                width: parent.width
                spacing: Theme.desk ? 12 : 24

                Icon {
                    id: mark

                    anchors.verticalCenter: parent.verticalCenter
                    visible: name !== ""
                    name: tile.symbol
                    size: Theme.px(Theme.desk ? 26 : 48)
                    color: Theme.act
                }

                Text {
                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width - (mark.visible ? mark.width + parent.spacing : 0)
                    text: tile.text
                    font.family: Theme.sans
                    font.bold: true
                    font.pixelSize: Theme.px(Theme.desk ? 20 : 42)
                    color: Theme.ink
                    lineHeight: 0.92
                    wrapMode: Text.Wrap
                    textFormat: Text.PlainText
                    Accessible.ignored: true
                }
            }

            BodyText {
                width: parent.width
                visible: text !== ""
                text: tile.detail
                font.pixelSize: Theme.desk ? Theme.label : Theme.px(34)
                Accessible.ignored: true
            }
        }
    }
}
