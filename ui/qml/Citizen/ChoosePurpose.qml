pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// One plain question after the other, then what follows from the answers, each line with its reason.
CitizenPage {
    id: page

    low: d.shape === "tiles" ? kinds.height : d.shape === "two" ? ways.height : 0

    TileGrid {
        id: kinds

        width: page.bodyWidth
        visible: page.d.shape === "tiles"
        tall: page.lying ? Theme.target : Theme.pick(0, 200, 200, 180)
        size: Theme.button
        columns: Theme.scale > 1.6 && !page.lying ? 2 : 3
        prefix: "choice_"
        options: page.view.rows("kinds")
        onTapped: row => page.tap(row)
    }

    TwoWays {
        id: ways

        width: page.bodyWidth
        visible: page.d.shape === "two"
        options: page.view.rows("choices")
        marked: true
        least: page.lying ? 150 : Theme.px(190)
        onTapped: row => page.tap(row)
    }

    Column {
        width: page.bodyWidth

        Repeater {
            model: page.view.rows("answers")

            ChoiceRow {
                id: one

                required property var row

                objectName: "choice_" + row.key
                width: page.bodyWidth
                text: row.text
                detail: row.detail
                symbol: row.icon
                picked: row.picked
                onClicked: page.tap(one.row)
            }
        }
    }

    Column {
        width: page.bodyWidth

        Repeater {
            model: page.view.rows("plan")

            PlanRow {
                id: line

                width: page.bodyWidth
                onAsked: Visit.note("why", line.row.open ? "" : line.row.key)
            }
        }
    }
}
