pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// What is asked for and for whom, on one page before it is signed; a phone number where none is known.
CitizenPage {
    id: page

    broad: true

    Column {
        width: page.bodyWidth
        visible: !page.typing

        Repeater {
            model: page.view.rows("facts")

            FactRow {
                required property var row

                objectName: "fact_" + row.key
                width: page.bodyWidth
                symbol: row.icon
                text: row.text
                detail: row.detail
            }
        }
    }

    Field {
        objectName: "phone_number"
        width: page.bodyWidth
        visible: page.d.asks
        label: page.d.phoneLabel
        hint: page.d.phoneHint
        words: page.d.phoneWords
        value: page.d.phone
        kind: "phone"
        maximum: 11
        onEdited: text => Visit.note("phone", text)
    }

    FactRow {
        width: page.bodyWidth
        visible: !page.typing
        symbol: "save"
        detail: page.d.held
        last: true
    }
}
