pragma ComponentBehavior: Bound

import QtQuick
import Design

// What was wiped; and, where a half-done case was kept, its code and how it goes on.
CitizenPage {
    id: page

    broad: true
    onlyRead: !told

    Grid {
        id: halves

        width: page.bodyWidth
        columns: page.halves
        columnSpacing: Theme.s5
        rowSpacing: page.spacing

        Rectangle {
            width: page.halfWidth
            height: kept.height + 2 * Theme.s5
            visible: page.d.code !== ""
            radius: 18
            color: Theme.sheet
            border.width: Theme.hairline
            border.color: Theme.edge

            Column {
                id: kept

                x: Theme.s5
                y: Theme.s5
                width: parent.width - 2 * x

                BodyText {
                    text: page.d.codeLabel
                }

                Text {
                    objectName: "slip_code"
                    text: page.d.code
                    font.family: Theme.sans
                    font.bold: true
                    font.pixelSize: Math.min(Theme.px(128), 170)
                    color: Theme.ink
                    lineHeight: 0.9
                    Accessible.role: Accessible.StaticText
                    Accessible.name: text
                }

                BodyText {
                    width: parent.width
                    text: page.d.resume
                }
            }
        }

        Column {
            width: page.halfWidth

            LabelText {
                text: page.d.wipedTitle
            }

            Repeater {
                model: page.view.rows("wiped")

                FactRow {
                    required property var row

                    width: page.halfWidth
                    symbol: row.icon
                    text: row.text
                    tint: Theme.ok
                }
            }

            FactRow {
                width: page.halfWidth
                symbol: "card"
                text: page.d.belongings
                last: true
            }
        }
    }
}
