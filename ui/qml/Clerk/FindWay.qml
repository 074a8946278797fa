import QtQuick
import Design

// One of the three ways to a case: what it is, how it goes, and room for what belongs to it.
Rectangle {
    id: way

    property string symbol: ""
    property string text: ""
    property string detail: ""
    default property alias content: room.data

    implicitHeight: mark.height + words.height + 76
    radius: 8
    color: Theme.wash
    border.width: Theme.washEdge
    border.color: Theme.edge

    Icon {
        id: mark

        x: 28
        y: 28
        name: way.symbol
        size: 56
        color: Theme.act
    }

    Column {
        id: words

        x: 28
        y: mark.y + mark.height + 16
        width: parent.width - 56
        spacing: 4

        BodyText {
            width: parent.width
            text: way.text
            strong: true
            font.pixelSize: Theme.px(22)
            color: Theme.ink
        }

        LabelText {
            width: parent.width
            text: way.detail
            color: Theme.ink2
        }

        Item {
            id: room

            width: parent.width
            height: childrenRect.height
        }
    }
}
