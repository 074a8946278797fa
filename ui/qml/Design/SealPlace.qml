pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes

// A dashed box from the first screen on; the stamp lands here on the platform's word.
Item {
    id: place

    required property var slip
    readonly property bool sealed: slip.seal === "accepted" || slip.seal === "handed_over"

    implicitWidth: sealed ? stamp.implicitWidth : Math.max(Theme.desk ? 160 : 194, word.implicitWidth + 2 * word.font.pixelSize)
    implicitHeight: sealed ? stamp.implicitHeight + 12 : Math.max(Theme.desk ? 80 : 80, word.implicitHeight * 1.4)
    Accessible.role: Accessible.StaticText
    Accessible.name: slip.sealWords

    Shape {
        anchors.fill: parent
        visible: !place.sealed

        ShapePath {
            strokeColor: Theme.edge
            strokeWidth: Theme.desk ? 1.5 : 2
            strokeStyle: ShapePath.DashLine
            dashPattern: [4, 3.2]
            fillColor: "transparent"

            PathRectangle {
                x: 1
                y: 1
                width: place.width - 2
                height: place.height - 2
                radius: Theme.desk ? 12 : 16
            }
        }
    }

    Text {
        id: word

        anchors.centerIn: parent
        visible: !place.sealed
        text: place.slip.sealWords
        font.family: Theme.serif
        font.bold: true
        font.pixelSize: Theme.desk ? Theme.px(24) : Theme.px(34)
        color: Theme.ink3
        textFormat: Text.PlainText
        Accessible.ignored: true
    }

    Stamp {
        id: stamp

        anchors.centerIn: parent
        visible: place.sealed
        landing: place.sealed
        words: place.slip.sealWords
        at: place.slip.sealAt
    }
}
