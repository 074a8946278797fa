pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Two ways that the law makes equal: the same size, type and weight, side by side.
Grid {
    id: ways

    required property Rows rows
    readonly property real tallest: {
        let most = 0;
        for (let i = 0; i < tiles.count; i++)
            most = Math.max(most, tiles.itemAt(i)?.implicitHeight ?? 0);
        return most;
    }

    signal tapped(var row)

    columns: Theme.scale > 1.6 && width < 1000 ? 1 : 2
    spacing: Theme.gap

    Repeater {
        id: tiles

        model: ways.rows

        WayTile {
            id: tile

            required property var row

            objectName: "way_" + row.key
            width: (ways.width - (ways.columns - 1) * ways.spacing) / ways.columns
            height: ways.tallest
            symbol: row.icon
            text: row.text
            detail: row.detail
            chosen: row.picked
            onClicked: ways.tapped(tile.row)
        }
    }
}
