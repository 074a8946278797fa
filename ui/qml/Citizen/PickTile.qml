import QtQuick
import QtQuick.Controls.Basic
import Design

// One short word of many: the whole tile is the target; the picked one has its tick and its wash.
AbstractButton {
    id: tile

    property bool picked: false
    property string symbol: ""

    implicitHeight: Math.max(Theme.target, word.implicitHeight + 24)
    implicitWidth: word.implicitWidth + (mark.visible ? mark.width + 14 : 0) + 56
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.RadioButton
    Accessible.name: text + (picked ? " " + Say.t("choice.picked") : "")
    Accessible.checked: picked
    Accessible.onPressAction: tile.clicked()

    background: Rectangle {
        radius: Theme.radiusField
        color: tile.picked ? Theme.okWash : tile.down ? Theme.actWash : Theme.sheet
        border.width: tile.picked ? 3 : 2
        border.color: tile.picked ? Theme.ok : Theme.act

        FocusRing {
            target: parent as Item
            visible: tile.visualFocus
        }
    }

    contentItem: Item {
        Icon {
            id: mark

            x: Math.max(16, (parent.width - width - 14 - word.paintedWidth) / 2)
            anchors.verticalCenter: parent.verticalCenter
            visible: name !== ""
            name: tile.picked ? "check" : tile.symbol
            strong: tile.picked
            size: Theme.iconSmall
            color: tile.picked ? Theme.ok : Theme.act
        }

        Text {
            id: word

            x: mark.visible ? mark.x + mark.width + 14 : 10
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - x - 10
            text: tile.text
            font.family: Theme.sans
            font.bold: true
            font.pixelSize: Theme.slipLine
            color: tile.picked ? Theme.ok : Theme.act
            lineHeight: 0.9
            wrapMode: Text.Wrap
            horizontalAlignment: mark.visible ? Text.AlignLeft : Text.AlignHCenter
            textFormat: Text.PlainText
            Accessible.ignored: true
        }
    }
}
