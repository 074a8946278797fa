import QtQuick
import Bridge

// The place that a page lends to the document camera: what lies there, as it lies, with one instruction above it.
Item {
    id: slot

    property string words: "" // one instruction at a time; none where a page is only looked at
    property string symbol: "scan"
    property bool good: false

    implicitHeight: 640
    Accessible.role: Accessible.Graphic
    Accessible.name: words

    Rectangle {
        y: strip.visible ? strip.height + Theme.s2 : 0
        width: parent.width
        height: parent.height - y
        color: Theme.wash
        border.width: Theme.hairline
        border.color: Theme.edge

        Icon {
            anchors.centerIn: parent
            visible: !Visit.desk.seen
            name: "scan"
            size: 120
            color: Theme.ghost
        }

        Item {
            id: place

            anchors.fill: parent
            anchors.margins: 4

            Binding {
                target: Visit.desk
                property: "parent"
                value: place
            }

            Binding {
                target: Visit.desk
                property: "width"
                value: place.width
            }

            Binding {
                target: Visit.desk
                property: "height"
                value: place.height
            }
        }
    }

    StatusStrip {
        id: strip

        width: parent.width
        visible: slot.words !== ""
        state2: slot.good ? "ok" : "now"
        symbol: slot.good ? "check" : slot.symbol
        text: slot.words
    }
}
