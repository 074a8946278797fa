pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Three ways to a company that is there: a card on the reader, the licence on a phone, or its credit code. With the keys
// lowered the first two, which are only looked at, stand above.
CitizenPage {
    id: page

    readonly property bool licenceAbove: lowered && Theme.scale < 1.6 // the largest text has no room for both there

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
                height: Math.min(420, page.upper.height - state.height - licence.height - 2 * parent.spacing)
            }

            CardState {
                id: state

                width: parent.width
            }

            Licence {
                id: licence

                width: parent.width
                visible: page.licenceAbove
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
            visible: !page.typing && !page.lowered && !Theme.elder
        }

        Column {
            width: page.halfWidth
            spacing: page.lying ? Theme.s2 : Theme.s4

            CardState {
                width: parent.width
                visible: !page.typing && !page.lowered
            }

            Licence {
                width: parent.width
                visible: !page.typing && !page.licenceAbove
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

    component Facing: ReaderDrawing {
        height: page.lying ? 380 : 420
        caption: page.d.faceUp
    }

    component CardState: StatusStrip {
        objectName: "reader_state"
        state2: page.d.waiting ? "now" : "wait"
        symbol: "card"
        text: page.d.cardTitle
        aside: page.d.cardState
    }

    component Licence: FactRow {
        objectName: "licence_way"
        symbol: "phone"
        text: page.d.licenceTitle
        detail: page.d.licenceState
    }
}
