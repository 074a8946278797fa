pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Five official levels, the same size each; none of them is picked for anybody.
CustomerPage {
    id: page

    Grid {
        id: levels

        width: page.bodyWidth
        columns: Theme.elder ? 1 : page.width < 1500 ? 3 : 5
        spacing: Theme.gap

        Repeater {
            model: page.view.rows("rows")

            ActButton {
                id: one

                required property var row

                objectName: "level_" + row.key
                width: (levels.width - (levels.columns - 1) * levels.spacing) / levels.columns
                height: Math.max(implicitHeight, levels.columns === 5 ? 240 : 0)
                text: row.text
                onClicked: Visit.act(row.act, row.value)
            }
        }
    }
}
