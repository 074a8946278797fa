pragma ComponentBehavior: Bound

import QtQuick
import Design

// What became of a feedback; the answer stands whole, in the words of whoever gave it.
CitizenPage {
    id: page

    broad: true
    onlyRead: !told

    Column {
        width: page.bodyWidth
        spacing: Theme.s1
        visible: page.d.answer !== ""

        LabelText {
            width: parent.width
            text: page.d.answerLabel
        }

        BodyText {
            objectName: "answer_words"
            width: parent.width
            text: page.d.answer
            color: Theme.ink
            strong: true
            wrapMode: Text.Wrap
        }
    }

    Column {
        width: page.bodyWidth

        Repeater {
            model: page.view.rows("facts")

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
