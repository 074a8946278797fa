import QtQuick
import QtQuick.Controls.Basic

// One candidate: its number and the word; the first one is what the space key takes.
AbstractButton {
    id: key

    required property string word
    property int number: 0
    property bool best: false
    property bool boxed: false

    implicitWidth: Math.max(boxed ? 132 : 112, line.implicitWidth + 36)
    focusPolicy: Qt.NoFocus
    text: word
    Accessible.role: Accessible.Button
    Accessible.name: word
    Accessible.onPressAction: key.clicked()

    background: Item {
        Rectangle {
            anchors.fill: parent
            anchors.topMargin: key.boxed ? 0 : 8
            anchors.bottomMargin: key.boxed ? 0 : 8
            radius: 10
            color: key.best || key.down ? Theme.act : key.boxed ? Theme.sheet : "transparent"
            border.width: key.boxed ? 2 : 0
            border.color: Theme.edge
        }
    }

    contentItem: Item {
        Row {
            id: line

            anchors.centerIn: parent
            spacing: 10

            Text {
                anchors.baseline: words.baseline
                visible: key.number > 0 && key.number < 10
                text: key.number
                font.family: Theme.sans
                font.pixelSize: 32
                color: key.best || key.down ? Theme.onFill : Theme.ink3
                Accessible.ignored: true
            }

            Text {
                id: words

                text: key.word
                font.family: Theme.sans
                font.bold: true
                font.pixelSize: Theme.elder ? 50 : 42
                color: key.best || key.down ? Theme.onFill : Theme.ink
                textFormat: Text.PlainText
                Accessible.ignored: true
            }
        }
    }
}
