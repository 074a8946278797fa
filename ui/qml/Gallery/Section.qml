import QtQuick
import Design

// A titled part of the gallery.
Column {
    id: section

    property string title: ""
    property string note: ""
    default property alias content: inside.data
    property alias gap: inside.spacing

    spacing: 24

    Rectangle {
        width: parent.width
        height: 2
        color: Theme.ink
    }

    Item {
        width: parent.width
        height: heading.height

        SerifTitle {
            id: heading

            text: section.title
            font.pixelSize: Theme.slipTitle
        }

        LabelText {
            anchors.right: parent.right
            anchors.baseline: heading.baseline
            text: section.note
        }
    }

    Column {
        id: inside

        width: parent.width
        spacing: 24
    }
}
