pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Pick, never type: the list follows every key; permit duty stands under each item; the choice lands on the slip.
CitizenPage {
    id: page

    Column {
        width: page.bodyWidth

        Field {
            id: search

            objectName: "search"
            width: page.bodyWidth
            symbol: "search"
            hint: page.d.placeholder
            aside: Theme.elder ? "" : page.d.hint
            value: page.d.typed
            kind: "pinyin"
            maximum: 30
            onQueryChanged: if (typing) {
                Visit.note("typed", query);
                Visit.act("type", query);
            }
        }

        BodyText {
            objectName: "nothing"
            width: page.bodyWidth
            topPadding: Theme.s4
            visible: text !== ""
            text: page.d.empty
        }

        Item {
            width: 1
            height: Theme.s3
            visible: trades.count > 0
        }

        TileGrid {
            id: trades

            width: page.bodyWidth
            columns: page.lying ? 4 : Theme.scale > 1.6 ? 1 : 2
            prefix: "trade_"
            options: page.view.rows("trades")
            onTapped: row => page.tap(row)
        }

        Repeater {
            model: page.view.rows("found")

            ChoiceRow {
                id: one

                required property var row

                objectName: "pick_" + row.key
                width: page.bodyWidth
                text: row.text
                detail: row.detail
                detailState: row.state
                picked: row.picked
                hitStart: row.hitStart
                hitLength: row.hitLength
                onClicked: page.tap(one.row)
            }
        }
    }
}
