import QtQuick
import QtQuick.Controls.Basic

// One of the quiet ways of the home screen. Flat, where height is dear: the icon stands beside the word.
AbstractButton {
    id: tile

    property string symbol: ""
    property bool flat: Theme.elder
    property bool low: false // three rows of them stand below one another

    implicitHeight: tile.flat ? Theme.target : tile.low ? 116 : 148
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

            x: tile.flat ? 30 : 28
            y: tile.flat ? (parent.height - height) / 2 : tile.low ? 14 : 24
            name: tile.symbol
            size: tile.flat ? Theme.px(32) : 44
            color: tile.enabled ? Theme.act : Theme.ink3
        }

        Text {
            x: tile.flat ? mark.x + mark.width + 22 : 28
            y: tile.flat ? (parent.height - height) / 2 : tile.low ? 60 : 82
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
