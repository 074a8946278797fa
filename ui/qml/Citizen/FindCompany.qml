pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Three ways to a company that is there: a card on the reader, the licence on a phone, or its credit code.
CitizenPage {
    id: page

    broad: true

    Grid {
        width: page.bodyWidth
        columns: page.halves
        columnSpacing: Theme.s5
        rowSpacing: page.spacing

        ReaderDrawing {
            width: page.halfWidth
            height: page.lying ? 380 : 420
            visible: !page.typing && !Theme.elder
            caption: page.d.faceUp
        }

        Column {
            width: page.halfWidth
            spacing: page.lying ? Theme.s2 : Theme.s4

            StatusStrip {
                objectName: "reader_state"
                width: parent.width
                visible: !page.typing
                state2: page.d.waiting ? "now" : "wait"
                symbol: "card"
                text: page.d.cardTitle
                aside: page.d.cardState
            }

            FactRow {
                objectName: "licence_way"
                width: parent.width
                visible: !page.typing
                symbol: "phone"
                text: page.d.licenceTitle
                detail: page.d.licenceState
            }

            Field {
                objectName: "uscc"
                width: parent.width
                label: page.d.codeTitle
                hint: page.d.codeHint
                words: page.d.codeWords
                state2: page.d.codeState
                value: page.d.code
                kind: "code"
                maximum: 18
                onEdited: text => Visit.note("uscc", text)
            }
        }
    }
}
