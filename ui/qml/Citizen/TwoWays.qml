pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Two ways that the law makes equal: the same size, type and weight, side by side.
Grid {
    id: ways

    required property Rows options
    property int least: 0
    property bool marked: false // a picked way says so
    readonly property real tallest: {
        let most = Theme.scale < 1.6 ? ways.least : 0;
        for (let i = 0; i < tiles.count; i++)
            most = Math.max(most, tiles.itemAt(i)?.implicitHeight ?? 0);
        return most;
    }

    signal tapped(var row)

    columns: width < (Theme.scale > 1.6 ? 1000 : 600) ? 1 : 2
    spacing: Theme.gap

    Repeater {
        id: tiles

        model: ways.options

        WayTile {
            id: tile

            required property var row

            objectName: "way_" + row.key
            width: (ways.width - (ways.columns - 1) * ways.spacing) / ways.columns
            height: ways.tallest
            symbol: ways.marked && row.picked ? "check" : row.icon
            text: row.text
            detail: ways.marked && row.picked ? Say.t("choice.picked") + " · " + row.detail : row.detail
            chosen: row.picked
            onClicked: ways.tapped(tile.row)
        }
    }
}
