pragma ComponentBehavior: Bound

import QtQuick
import Design

// Item by item with its promise, what happened when, and what comes next.
CitizenPage {
    id: page

    broad: true
    onlyRead: !told

    Item {
        width: page.bodyWidth
        height: Math.max(company.height, code.height)

        BodyText {
            id: company

            width: parent.width - code.width - Theme.s3
            text: page.d.company
            strong: true
            color: Theme.ink
        }

        BodyText {
            id: code

            anchors.right: parent.right
            text: page.d.codeLabel + " " + page.d.code
            wrapMode: Text.NoWrap
        }
    }

    Grid {
        width: page.bodyWidth
        columns: page.halves
        columnSpacing: Theme.s5
        rowSpacing: page.spacing

        Column {
            width: page.halfWidth

            LabelText {
                text: page.d.itemsTitle
            }

            Repeater {
                model: page.view.rows("items")

                SlipLineRow {
                    required property int index

                    width: page.halfWidth
                    labelWidth: Theme.px(240)
                }
            }
        }

        Column {
            width: page.halfWidth
            spacing: page.spacing

            Column {
                width: page.halfWidth

                LabelText {
                    visible: steps.count > 0
                    text: page.d.nextTitle
                }

                Repeater {
                    id: steps

                    model: page.view.rows("steps")

                    NumberedRow {
                        required property var row
                        required property int index

                        width: page.halfWidth
                        number: index + 1
                        text: row.text
                        detail: row.detail
                    }
                }
            }

            Column {
                width: page.halfWidth

                LabelText {
                    text: page.d.timelineTitle
                }

                Repeater {
                    model: page.view.rows("timeline")

                    SlipLineRow {
                        required property int index

                        width: page.halfWidth
                        labelWidth: Theme.px(310)
                    }
                }

                LabelText {
                    width: parent.width
                    topPadding: Theme.s2
                    text: page.d.fresh
                }
            }
        }
    }
}
