import QtQuick
import QtQuick.Controls.Basic
import Design

// One short word of many: the whole tile is the target; the picked one has its tick and its wash.
AbstractButton {
    id: tile

    property bool picked: false
    property int size: Theme.slipLine

    implicitHeight: Math.max(Theme.target, word.implicitHeight + 24)
    implicitWidth: word.implicitWidth + Theme.iconSmall + 68
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
        implicitHeight: word.implicitHeight

        Row {
            anchors.centerIn: parent
            spacing: 12

            Icon {
                id: mark

                anchors.verticalCenter: parent.verticalCenter
                visible: tile.picked
                name: "check"
                strong: true
                size: Theme.iconSmall
                color: Theme.ok
            }

            Text {
                id: word

                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, tile.width - 20 - (mark.visible ? mark.width + 12 : 0))
                text: tile.text
                font.family: Theme.sans
                font.bold: true
                font.pixelSize: tile.size
                color: tile.picked ? Theme.ok : Theme.act
                lineHeight: 0.9
                wrapMode: Text.Wrap
                horizontalAlignment: mark.visible ? Text.AlignLeft : Text.AlignHCenter
                textFormat: Text.PlainText
                Accessible.ignored: true
            }
        }
    }
}
