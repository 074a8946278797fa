pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// The place that a page lends to the live picture: a circle, a ring of segments, an oval for the face.
Item {
    id: slot

    property real progress: 0 // 0 … 1 of the ring
    property string words: "" // one instruction at a time
    property string symbol: "closer"
    readonly property real ring: Math.min(width, height)

    implicitHeight: 640
    Accessible.role: Accessible.Graphic
    Accessible.name: words

    Repeater {
        model: 36

        Item {
            id: tick

            required property int index

            x: slot.width / 2
            y: slot.ring / 2
            rotation: index * 10

            Rectangle {
                x: -17
                y: -slot.ring / 2 + 4
                width: 34
                height: 13
                radius: 6.5
                antialiasing: true
                color: tick.index < Math.round(slot.progress * 36) ? Theme.act : Theme.line
            }
        }
    }

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: 32
        width: slot.ring - 64
        height: width
        radius: width / 2
        color: Theme.actWash

        Icon {
            anchors.centerIn: parent
            visible: !Visit.preview.seen
            name: "camera"
            size: 120
            color: Theme.ghost
        }

        Item {
            id: place

            anchors.fill: parent

            Binding {
                target: Visit.preview
                property: "parent"
                value: place
            }

            Binding {
                target: Visit.preview
                property: "width"
                value: place.width
            }

            Binding {
                target: Visit.preview
                property: "height"
                value: place.height
            }
        }
    }

    Drawing {
        anchors.horizontalCenter: parent.horizontalCenter
        y: slot.ring * 0.2
        width: slot.ring * 0.44
        height: slot.ring * 0.56
        visible: Visit.preview.seen
        once: true // as large as the page leaves room just then
        body: "<ellipse cx='" + wide / 2 + "' cy='" + high / 2 + "' rx='" + (wide / 2 - 4) + "' ry='" + (high / 2 - 4) + "' fill='none' stroke='#FFFFFF' stroke-width='5' stroke-dasharray='16 12'/>"
    }

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: slot.ring - height - 4
        visible: slot.words !== ""
        width: hintLine.implicitWidth + 112
        height: Math.max(96, hintLine.implicitHeight + 32)
        radius: height / 2
        color: Theme.act

        Row {
            id: hintLine

            anchors.centerIn: parent
            spacing: 22

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: slot.symbol
                size: Theme.px(42)
                color: Theme.onFill
            }

            BodyText {
                anchors.verticalCenter: parent.verticalCenter
                text: slot.words
                strong: true
                font.pixelSize: Theme.px(42)
                color: Theme.onFill
                wrapMode: Text.NoWrap
            }
        }
    }
}
