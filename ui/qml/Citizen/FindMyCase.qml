pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Two ways: the card on the reader, or the code of the slip.
CitizenPage {
    id: page

    ReaderDrawing {
        width: page.bodyWidth
        height: page.lying ? 300 : 500
        visible: !page.typing && !(page.lying && Theme.elder)
        caption: page.d.faceUp
    }

    StatusStrip {
        objectName: "reader_state"
        width: page.bodyWidth
        visible: !page.typing
        state2: page.d.waiting ? "now" : "wait"
        symbol: "card"
        text: page.d.cardTitle
        aside: page.d.cardState
    }

    Field {
        objectName: "code"
        width: page.bodyWidth
        label: page.d.codeTitle
        hint: page.d.codeHint
        words: page.d.codeWords
        value: page.d.code
        kind: "latin"
        maximum: 10
        onEdited: text => Visit.note("code", text)
    }
}
