pragma ComponentBehavior: Bound

import QtQuick
import Design

// Whose case it is on the left, what is being looked at on the right; nothing of it can be touched but the one action.
CustomerPage {
    id: page

    calm: facts.count === 0 && rows.count === 0

    readonly property bool parted: facts.count > 0 && rows.count > 0 && page.halves > 1

    Flow {
        width: page.bodyWidth
        spacing: Theme.s5

        Column {
            width: page.parted ? page.halfWidth : page.bodyWidth
            visible: facts.count > 0

            Repeater {
                id: facts

                model: page.view.rows("facts")

                SlipLineRow {
                    required property int index

                    objectName: "fact_" + row.key
                    width: parent ? (parent as Item).width : 0
                    labelWidth: Theme.px(120)
                    last: index === facts.count - 1
                }
            }
        }

        Grid {
            id: listed

            readonly property bool pairs: !page.parted && rows.count > 4 && page.halves > 1

            width: page.parted ? page.halfWidth : page.bodyWidth
            columns: pairs ? 2 : 1
            columnSpacing: Theme.s5

            Repeater {
                id: rows

                model: page.view.rows("rows")

                CustomerRow {
                    objectName: "row_" + row.key
                    width: listed.pairs ? page.halfWidth : listed.width
                }
            }
        }
    }
}
