pragma ComponentBehavior: Bound

import QtQuick
import Design

// What is read, what for and how long; and the consent of its own: face or in person, two equal ways.
CitizenPage {
    id: page

    Column {
        width: page.bodyWidth

        Repeater {
            model: page.view.rows("collected")

            FactRow {
                required property var row

                width: page.bodyWidth
                symbol: row.icon
                text: row.text
                detail: row.detail
            }
        }

        FactRow {
            width: page.bodyWidth
            symbol: "trash"
            text: page.d.keepsTitle
            detail: page.d.keepsWords
            last: true
        }
    }

    BodyText {
        width: page.bodyWidth
        topPadding: Theme.s2
        text: page.d.ask
        strong: true
        color: Theme.ink
    }

    TwoWays {
        width: page.bodyWidth
        rows: page.view.rows("ways")
        onTapped: row => page.tap(row)
    }
}
