pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Two ways: the card on the reader, or the code of the slip. With the keys lowered the card's way, which is only looked
// at, stands above.
CitizenPage {
    id: page

    broad: true

    Loader {
        parent: page.upper
        width: page.bodyWidth
        active: page.lowered
        sourceComponent: Column {
            spacing: Theme.s4

            Facing {
                width: parent.width
                visible: height >= 240
                height: Math.min(500, page.upper.height - state.height - parent.spacing)
            }

            CardState {
                id: state

                width: parent.width
            }
        }
    }

    Grid {
        width: page.bodyWidth
        columns: page.halves
        columnSpacing: Theme.s5
        rowSpacing: page.spacing

        Facing {
            width: page.halfWidth
            visible: !page.typing && !page.lowered
        }

        Column {
            width: page.halfWidth
            spacing: Theme.s4

            CardState {
                width: parent.width
                visible: !page.typing && !page.lowered
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

    component Facing: ReaderDrawing {
        height: page.lying ? 400 : 500
        caption: page.d.faceUp
    }

    component CardState: StatusStrip {
        objectName: "reader_state"
        state2: page.d.waiting ? "now" : "wait"
        symbol: "card"
        text: page.d.cardTitle
        aside: page.d.cardState
    }
}
