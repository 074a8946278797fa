import QtQuick
import QtQuick.Controls.Basic

// One place of the help bar.
AbstractButton {
    id: button

    property string symbol: ""
    property bool on: false
    property bool beside: false // icon and word in one line, where height is dear

    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: button.clicked()

    background: Item {
        Rectangle {
            anchors.fill: parent
            anchors.margins: 10
            radius: 12
            color: button.on ? (button.down ? Theme.actDown : Theme.act) : button.down ? Theme.actWash : "transparent"
        }

        FocusRing {
            target: parent as Item
            visible: button.visualFocus
            anchors.margins: 4
        }
    }

    contentItem: Item {
        Grid {
            anchors.centerIn: parent
            columns: button.beside ? 2 : 1
            columnSpacing: 20
            rowSpacing: 2
            horizontalItemAlignment: Grid.AlignHCenter
            verticalItemAlignment: Grid.AlignVCenter

            Icon {
                name: button.symbol
                size: Theme.elder ? 52 : 48
                color: button.on ? Theme.onFill : button.enabled ? Theme.act : Theme.ink3
            }

            Text {
                text: button.text
                font.family: Theme.sans
                font.bold: true
                // Four words share the width of the panel: they stop growing where they would touch.
                font.pixelSize: Math.min(Theme.px(34), 44)
                lineHeight: 0.95
                color: button.on ? Theme.onFill : button.enabled ? Theme.ink : Theme.ink3
                Accessible.ignored: true
            }
        }
    }
}
