import QtQuick
import QtQuick.Controls.Basic

// A quiet way: blue and underlined, with a target as large as every other.
AbstractButton {
    id: link

    property int size: Theme.button

    implicitWidth: Math.max(Theme.target, label.implicitWidth)
    implicitHeight: Math.max(Theme.target, label.implicitHeight)
    focusPolicy: Theme.desk ? Qt.StrongFocus : Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: link.clicked()

    contentItem: Text {
        id: label

        text: link.text
        font.family: Theme.sans
        font.bold: true
        font.underline: true
        font.pixelSize: link.size
        color: link.down ? Theme.actDown : Theme.act
        verticalAlignment: Text.AlignVCenter
        horizontalAlignment: Text.AlignRight
        textFormat: Text.PlainText
        Accessible.ignored: true
    }

    background: Item {
        FocusRing {
            target: parent as Item
            visible: link.visualFocus
        }
    }
}
