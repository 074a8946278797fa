pragma ComponentBehavior: Bound

import QtQuick
import Design

// The slip at full length: every line with 修改, every finding in words, and how the business stands on the licence.
CitizenPage {
    id: page

    slipShown: columned
    slipEditable: true

    Slip {
        objectName: "whole_slip"
        x: -padding
        width: page.bodyWidth + 2 * padding
        visible: !page.columned
        lines: page.view.rows("slip")
        padding: 26
        editable: true
        showSeal: false
        onEdited: name => page.act(name)
    }

    Column {
        width: page.bodyWidth

        Repeater {
            model: page.view.rows("licence")

            FactRow {
                required property var row

                objectName: "licence_" + row.key
                width: page.bodyWidth
                symbol: row.icon
                text: row.text
                detail: row.detail
            }
        }
    }
}
