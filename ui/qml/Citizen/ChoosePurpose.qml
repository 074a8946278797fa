pragma ComponentBehavior: Bound

import QtQuick
import Design

// One plain question after the other, then what follows from the answers.
CitizenPage {
    id: page

    TileGrid {
        width: page.bodyWidth
        visible: page.d.ask === "kind"
        columns: page.lying ? 3 : Theme.scale > 1.6 ? 1 : 2
        prefix: "choice_"
        rows: page.view.rows("kinds")
        onTapped: row => page.tap(row)
    }

    Column {
        width: page.bodyWidth
        visible: page.d.ask !== "kind"

        Repeater {
            model: page.view.rows("choices")

            ChoiceRow {
                id: one

                required property var row

                objectName: "choice_" + row.key
                width: page.bodyWidth
                implicitHeight: Math.max(Theme.px(180), contentItem.implicitHeight)
                text: row.text
                detail: row.detail
                symbol: row.icon
                picked: row.picked
                onClicked: page.tap(one.row)
            }
        }

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
