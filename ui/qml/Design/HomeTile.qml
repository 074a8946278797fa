import QtQuick
import QtQuick.Controls.Basic

// One of the quiet ways of the home screen. In large text the icon stands beside the word.
AbstractButton {
    id: tile

    property string symbol: ""

    implicitHeight: Theme.elder ? Theme.target : 156
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: tile.clicked()

    background: Rectangle {
        radius: Theme.radiusField
        color: !tile.enabled ? Theme.wash : tile.down ? Theme.actWash : Theme.sheet
        border.width: tile.enabled ? 2 : Theme.hairline
        border.color: tile.enabled ? Theme.edge : Theme.line

        FocusRing {
            target: parent as Item
            visible: tile.visualFocus
        }
    }

    contentItem: Item {
        Icon {
            id: mark

            x: Theme.elder ? 30 : 28
            y: Theme.elder ? (parent.height - height) / 2 : 26
            name: tile.symbol
            size: Theme.elder ? Theme.px(32) : 44
            color: tile.enabled ? Theme.act : Theme.ink3
        }

        Text {
            x: Theme.elder ? mark.x + mark.width + 22 : 28
            y: Theme.elder ? (parent.height - height) / 2 : 86
            width: parent.width - x - 8
            text: tile.text
            font.family: Theme.sans
            font.bold: true
            font.pixelSize: Theme.px(36)
            color: tile.enabled ? Theme.ink : Theme.ink3
            textFormat: Text.PlainText
            Accessible.ignored: true
        }
    }
}
