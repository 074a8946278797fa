pragma ComponentBehavior: Bound

import QtQuick
import Design

// What became of a device that was read back, what to do with it now, and how far the word of it has come.
ClerkPage {
    id: page

    foot: [
        BodyText {
            objectName: "tally"
            width: parent ? (parent as Item).width : 0
            text: page.d.tally
            strong: true
            color: Theme.ink
        },
        LabelText {
            width: parent ? (parent as Item).width : 0
            text: page.d.tallyMore
            color: Theme.ink2
        }
    ]

    StatusStrip {
        objectName: "said"
        width: parent.width
        symbol: "tax-device"
        state2: page.d.saidState
        text: page.d.said
        aside: page.d.number
    }

    Repeater {
        model: page.view.rows("steps")

        NumberedRow {
            required property var row
            required property int index

            objectName: "step_" + row.key
            width: page.bodyWidth
            number: index + 1
            text: row.words
        }
    }

    Item {
        width: 1
        height: 4
    }

    TruthLine {
        width: parent.width
        stations: page.view.rows("stations")
    }
}
