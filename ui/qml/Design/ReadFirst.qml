import QtQuick

// What is read before something is done: where room is dear it scrolls by itself, so that what is done stays in sight.
Item {
    id: first

    default property alias content: reading.data
    property real most: Infinity // height
    property alias spacing: reading.spacing
    property alias place: reading
    readonly property bool scrolls: reading.height > most

    implicitHeight: Math.min(reading.height, most)

    Flickable {
        id: list

        anchors.fill: parent
        contentHeight: reading.height
        boundsBehavior: Flickable.StopAtBounds
        interactive: first.scrolls
        clip: first.scrolls

        Column {
            id: reading

            width: list.width
        }
    }

    MoreBelow {
        width: parent.width
        name: "more_to_read"
        list: list
    }
}
