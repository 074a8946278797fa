import QtQuick
import Bridge
import Design

// The number of the feedback slip.
CitizenPage {
    id: page

    Field {
        objectName: "number"
        width: page.bodyWidth
        label: page.d.numberLabel
        hint: page.d.hint
        words: page.d.words
        value: page.d.number
        kind: "latin"
        maximum: 18
        onEdited: text => Visit.note("number", text)
    }
}
