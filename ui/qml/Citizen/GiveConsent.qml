pragma ComponentBehavior: Bound

import QtQuick
import Design

// What is read, what for and how long; and the consent of its own: face or in person, two equal ways.
CitizenPage {
    id: page

    broad: true

    Grid {
        width: page.bodyWidth
        columns: page.halves
        columnSpacing: Theme.s5
        rowSpacing: facts.scrolls ? 40 : Theme.s3

        ReadFirst {
            id: facts

            width: page.halfWidth
            most: page.readsFirst ? Math.max(page.lying ? 88 : 200, page.seenHeight - page.saidHeight - choice.height - 44) : Infinity

            Repeater {
                model: page.view.rows("collected")

                FactRow {
                    required property var row

                    width: page.halfWidth
                    symbol: row.icon
                    text: row.text
                    detail: row.detail
                }
            }

            FactRow {
                width: page.halfWidth
                symbol: "trash"
                text: page.d.keepsTitle
                detail: page.d.keepsWords
                last: true
            }
        }

        Column {
            id: choice

            width: page.halfWidth
            spacing: Theme.s2

            BodyText {
                width: parent.width
                topPadding: Theme.s2
                text: page.d.ask
                strong: true
                color: Theme.ink
            }

            TwoWays {
                width: parent.width
                options: page.view.rows("ways")
                marked: true
                brief: Theme.scale > 1.6
                least: page.lying || page.readsFirst ? 0 : Theme.px(230)
                onTapped: row => page.tap(row)
            }
        }
    }
}
