pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Short words in columns; a picked one stays where it is. ``tapped`` carries the row.
Grid {
    id: grid

    required property Rows options
    property string prefix: "tile_"
    property int tall: Theme.target
    property int size: Theme.slipLine
    readonly property alias count: tiles.count

    signal tapped(var row)

    spacing: Theme.s2

    Repeater {
        id: tiles

        model: grid.options

        PickTile {
            id: tile

            required property var row

            objectName: grid.prefix + row.key
            // whole pixels: a part of one over the edge, and the last tile loses its border
            width: Math.floor((grid.width - (grid.columns - 1) * grid.spacing) / grid.columns)
            implicitHeight: Math.max(grid.tall, contentItem.implicitHeight + 24)
            size: grid.size
            text: row.text
            picked: row.picked
            onClicked: grid.tapped(tile.row)
        }
    }
}
