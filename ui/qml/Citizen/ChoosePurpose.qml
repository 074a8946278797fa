pragma ComponentBehavior: Bound

import QtQuick
import Design

// One plain question after the other, then what follows from the answers.
CitizenPage {
    id: page

    low: d.ask === "kind" ? kinds.height : d.ask === "plan" ? 0 : ways.height

    TileGrid {
        id: kinds

        width: page.bodyWidth
        visible: page.d.ask === "kind"
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
        options: page.view.rows("choices")
        marked: true
        least: page.lying ? 260 : Theme.px(300)
        onTapped: row => page.tap(row)
    }

    Column {
        width: page.bodyWidth

        Repeater {
            model: page.view.rows("plan")

            FactRow {
                required property var row

                width: page.bodyWidth
                symbol: row.icon
                text: row.text
                detail: row.detail
            }
        }
    }
}
