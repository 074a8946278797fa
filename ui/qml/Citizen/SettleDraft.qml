pragma ComponentBehavior: Bound

import QtQuick
import Design

// One decision at a time: the two answers side by side, of equal standing, and how it was before.
CitizenPage {
    id: page

    TwoWays {
        width: page.bodyWidth
        options: page.view.rows("sides")
        least: page.lying ? 220 : Theme.px(260)
        onTapped: row => page.tap(row)
    }

    FactRow {
        width: page.bodyWidth
        visible: page.d.was !== ""
        symbol: "clock"
        detail: page.d.was
        last: true
    }

    Column {
        width: page.bodyWidth

        Repeater {
            model: page.view.rows("chosen")

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
