pragma ComponentBehavior: Bound

import QtQuick
import Design

// One page of policy: a few sentences, each with its icon.
CitizenPage {
    id: page

    onlyRead: !told

    Column {
        width: page.bodyWidth

        Repeater {
            model: page.view.rows("facts")

            FactRow {
                required property var row

                width: page.bodyWidth
                symbol: row.icon
                detail: row.text
            }
        }
    }

    BodyText {
        objectName: "printed"
        width: page.bodyWidth
        visible: text !== ""
        text: page.d.paper
        strong: true
    }
}
