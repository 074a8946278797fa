pragma ComponentBehavior: Bound

import QtQuick
import Design

// Five official levels, the same size each; none of them is picked for anybody.
CitizenPage {
    id: page

    broad: true
    low: levels.height

    Grid {
        id: levels

        width: page.bodyWidth
        columns: page.halves > 1 ? 5 : page.lying ? 2 : 1
        spacing: page.halves > 1 ? Theme.gap : page.spacing

        Repeater {
            model: page.view.rows("levels")

            ActButton {
                id: one

                required property var row

                objectName: "level_" + row.key
                width: (levels.width - (levels.columns - 1) * levels.spacing) / levels.columns
                height: Math.max(implicitHeight, page.halves > 1 ? 240 : Theme.scale > 1.6 || page.lying ? 0 : Theme.primaryHeight)
                text: row.text
                onClicked: page.tap(one.row)
            }
        }
    }
}
