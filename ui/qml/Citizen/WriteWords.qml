import QtQuick
import Bridge
import Design

// The person's own words, shown whole below the line they are typed in; then a phone number, or none.
CitizenPage {
    id: page

    Field {
        objectName: "words"
        width: page.bodyWidth
        visible: page.d.asking === "text"
        label: page.d.textLabel
        hint: page.d.textHint
        words: page.d.textWords
        value: page.d.text
        kind: "pinyin"
        maximum: 200
        onEdited: text => Visit.note("text", text)
    }

    Field {
        objectName: "contact"
        width: page.bodyWidth
        visible: page.d.asking === "contact"
        label: page.d.contactLabel
        hint: page.d.contactHint
        words: page.d.contactWords
        value: page.d.contact
        kind: "phone"
        maximum: 11
        onEdited: text => Visit.note("contact", text)
    }

    BodyText {
        objectName: "written"
        width: page.bodyWidth
        visible: text !== ""
        text: page.d.text
        color: Theme.ink
        wrapMode: Text.Wrap
    }
}
