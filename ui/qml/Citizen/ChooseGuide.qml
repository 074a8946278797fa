pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Pages of policy: the list follows every key; the whole row is the target.
CitizenPage {
    id: page

    Field {
        objectName: "search"
        width: page.bodyWidth
        symbol: "search"
        hint: page.d.placeholder
        value: page.d.typed
        kind: "pinyin"
        maximum: 20
        onQueryChanged: if (typing)
            Visit.note("typed", query)
    }

    BodyText {
        objectName: "nothing"
        width: page.bodyWidth
        visible: text !== ""
        text: page.d.empty
    }

    Column {
        width: page.bodyWidth

        Repeater {
            id: choices

            model: page.view.rows("choices")

            ChoiceRow {
                id: one

                required property var row
                required property int index

                objectName: "guide_" + row.key
                width: page.bodyWidth
                symbol: row.icon
                text: row.text
                detail: row.detail
                pickWords: Say.t("choose_guide.read")
                pickSymbol: "arrow-right"
                last: index === choices.count - 1
                onClicked: page.tap(one.row)
            }
        }
    }
}
