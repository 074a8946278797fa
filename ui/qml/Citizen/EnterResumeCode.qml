import QtQuick
import Bridge
import Design

// Six digits from the applicant's phone.
CitizenPage {
    id: page

    Field {
        objectName: "digits"
        width: page.bodyWidth
        label: page.d.label
        hint: page.d.hint
        words: page.d.words
        value: page.d.digits
        kind: "digits"
        maximum: 6
        onEdited: text => Visit.note("digits", text)
    }

    BodyText {
        width: page.bodyWidth
        visible: page.d.next !== "" && !page.typing
        text: page.d.again
    }
}
