import QtQuick
import Bridge
import Design

// A company as its licence says it: the credit code by its own keys, then the name. What is wrong stands below the field.
Column {
    id: editor

    required property var d

    function take(): void {
        code.take();
    }

    spacing: Theme.s4

    Field {
        id: code

        objectName: "uscc"
        width: editor.width
        label: editor.d.usccLabel
        hint: editor.d.usccHint
        value: editor.d.uscc
        kind: "code"
        maximum: 18
        state2: editor.d.usccState
        words: editor.d.usccWords
        onEdited: text => Visit.note("uscc", text)
    }

    Field {
        objectName: "company_name"
        width: editor.width
        label: editor.d.companyLabel
        hint: editor.d.companyHint
        value: editor.d.company
        kind: "pinyin"
        maximum: 64
        state2: editor.d.companyState
        words: editor.d.companyWords
        onEdited: text => Visit.note("company", text)
    }
}
