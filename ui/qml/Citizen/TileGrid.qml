pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Short words in columns; a picked one stays where it is. ``tapped`` carries the row.
Grid {
    id: grid

    required property Rows rows
    property string prefix: "tile_"
    property bool ticks: true

    signal tapped(var row)

    spacing: Theme.s2

    Repeater {
        model: grid.rows

        PickTile {
            id: tile

            required property var row

            objectName: grid.prefix + row.key
            width: (grid.width - (grid.columns - 1) * grid.spacing) / grid.columns
            text: row.text
            symbol: row.icon
            picked: row.picked
            onClicked: grid.tapped(tile.row)
        }
    }
}
