pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// What each draft is about and how fresh that is; the whole row is the target.
CitizenPage {
    id: page

    Column {
        width: page.bodyWidth

        Repeater {
            id: choices

            model: page.view.rows("choices")

            ChoiceRow {
                id: draft

                required property var row
                required property int index

                objectName: row.act + "_" + row.key
                width: page.bodyWidth
                symbol: row.icon
                text: row.text
                detail: row.detail
                pickWords: row.words ?? Say.t("choice.pick")
                pickSymbol: row.words ? "arrow-right" : "plus"
                last: index === choices.count - 1
                onClicked: page.tap(draft.row)
            }
        }
    }
}
