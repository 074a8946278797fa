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
    property bool brief: false // without its side note
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
            readonly property bool picked: ways.marked && row.picked
            readonly property bool inline: ways.brief && ways.columns === 1

            objectName: "way_" + row.key
            width: (ways.width - (ways.columns - 1) * ways.spacing) / ways.columns
            height: ways.tallest
            symbol: picked ? "check" : row.icon
            text: picked && inline ? row.text + " · " + Say.t("choice.picked") : row.text
            detail: !picked ? ways.brief ? "" : row.detail : inline ? "" : Say.t("choice.picked") + (ways.brief ? "" : " · " + row.detail)
            chosen: row.picked
            low: ways.brief
            onClicked: ways.tapped(tile.row)
        }
    }
}
