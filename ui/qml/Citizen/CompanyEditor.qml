import QtQuick
import Bridge
import Design

// A company as its licence says it: the credit code by its own keys, then the name. What is wrong stands below the field.
Item {
    id: editor

    required property var d
    readonly property bool naming: d.mode === "company_name"

    function take(): void {
        (editor.naming ? name : code).take();
    }

    implicitHeight: naming ? name.height : code.height

    Field {
        id: code

        objectName: "uscc"
        width: editor.width
        visible: !editor.naming
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
        id: name

        objectName: "company_name"
        width: editor.width
        visible: editor.naming
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
