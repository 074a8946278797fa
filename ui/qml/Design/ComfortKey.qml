import QtQuick
import QtQuick.Controls.Basic

// One way of seeing or hearing, switched by one touch; its word names what the touch does.
AbstractButton {
    id: key

    property string symbol: ""
    property bool on: false

    implicitHeight: Theme.target
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: key.clicked()

    background: Rectangle {
        radius: Theme.radiusButton
        color: key.on ? (key.down ? Theme.actDown : Theme.act) : key.down ? Theme.actWash : key.enabled ? Theme.sheet : Theme.wash
        border.width: Theme.pressable
        border.color: key.enabled ? Theme.act : Theme.edge

        FocusRing {
            target: parent as Item
            visible: key.visualFocus
        }
    }

    contentItem: Item {
        Row {
            anchors.centerIn: parent
            spacing: 18

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: name !== ""
                name: key.symbol
                size: 40
                color: key.on ? Theme.onFill : key.enabled ? Theme.act : Theme.ink3
            }

            Text {
                anchors.verticalCenter: parent.verticalCenter
                text: key.text
                font.family: Theme.sans
                font.bold: true
                font.pixelSize: Math.min(Theme.px(36), 46)
                color: key.on ? Theme.onFill : key.enabled ? Theme.ink : Theme.ink3
                Accessible.ignored: true
            }
        }
    }
}
