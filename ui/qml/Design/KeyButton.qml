import QtQuick
import QtQuick.Controls.Basic

// A key of the on-screen keyboard. It never takes the focus from the field it types into.
AbstractButton {
    id: key

    property string symbol: ""
    property bool quiet: false // not a letter: function keys
    property bool lit: false

    focusPolicy: Qt.NoFocus
    autoRepeat: symbol === "backspace"
    implicitHeight: Theme.keyHeight
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: key.clicked()

    background: Rectangle {
        radius: 12
        color: key.down || key.lit ? Theme.act : key.quiet ? Theme.wash : Theme.sheet
        border.width: 2
        border.color: key.down || key.lit ? Theme.act : Theme.edge
    }

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            visible: name !== ""
            name: key.symbol
            size: 40
            color: key.down || key.lit ? Theme.onFill : Theme.ink
        }

        Text {
            anchors.centerIn: parent
            visible: key.symbol === ""
            text: key.text
            font.family: Theme.sans
            font.bold: true
            font.pixelSize: key.text.length > 1 ? 36 : 44
            color: key.down || key.lit ? Theme.onFill : Theme.ink
            Accessible.ignored: true
        }
    }
}
