pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Two ways: the card on the reader, or the code of the slip.
CitizenPage {
    id: page

    broad: true

    Grid {
        id: halves

        width: page.bodyWidth
        columns: page.halves
        columnSpacing: Theme.s5
        rowSpacing: page.spacing

        ReaderDrawing {
            width: page.halfWidth
            height: page.lying ? 400 : 500
            visible: !page.typing
            caption: page.d.faceUp
        }

        Column {
            width: page.halfWidth
            spacing: Theme.s4

            StatusStrip {
                objectName: "reader_state"
                width: parent.width
                visible: !page.typing
                state2: page.d.waiting ? "now" : "wait"
                symbol: "card"
                text: page.d.cardTitle
                aside: page.d.cardState
            }

            Field {
                objectName: "code"
                width: parent.width
                label: page.d.codeTitle
                hint: page.d.codeHint
                words: page.d.codeWords
                value: page.d.code
                kind: "latin"
                maximum: 10
                onEdited: text => Visit.note("code", text)
            }
        }
    }
}
