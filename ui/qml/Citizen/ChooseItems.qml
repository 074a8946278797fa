pragma ComponentBehavior: Bound

import QtQuick
import Design

// What the company has not yet, each to be picked; below it what it has, to read only.
CitizenPage {
    id: page

    Column {
        width: page.bodyWidth

        Repeater {
            id: choices

            model: page.view.rows("choices")

            ChoiceRow {
                id: item

                required property var row
                required property int index

                objectName: "item_" + row.key
                width: page.bodyWidth
                symbol: row.icon
                text: row.text
                detail: row.detail
                picked: row.picked
                last: index === choices.count - 1
                onClicked: page.tap(item.row)
            }
        }
    }

    Column {
        width: page.bodyWidth
        visible: had.count > 0

        LabelText {
            width: parent.width
            text: page.d.hadTitle
        }

        Repeater {
            id: had

            model: page.view.rows("had")

            FactRow {
                required property var row
                required property int index

                objectName: "had_" + row.key
                width: page.bodyWidth
                symbol: row.icon
                text: row.text
                detail: row.detail
                last: index === had.count - 1
            }
        }
    }
}
