pragma ComponentBehavior: Bound

import QtQuick
import Design

// What each draft is about and how fresh that is; the whole row is the target.
CitizenPage {
    id: page

    Column {
        width: page.bodyWidth

        Repeater {
            id: drafts

            model: page.view.rows("drafts")

            ChoiceRow {
                id: draft

                required property var row
                required property int index

                objectName: "draft_" + row.key
                width: page.bodyWidth
                symbol: row.icon
                text: row.text
                detail: row.detail
                last: index === drafts.count - 1
                onClicked: page.tap(draft.row)
            }
        }
    }
}
