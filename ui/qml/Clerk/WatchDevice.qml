pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// How far the tax office is with a device; where a clerk types it in there, what belongs into which field.
ClerkPage {
    id: page

    head: DeviceClock {
        page: page
    }

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

    TruthLine {
        width: parent.width
        stations: page.view.rows("stations")
    }

    StatusStrip {
        objectName: "said"
        width: parent.width
        visible: text.length > 0 // what went wrong is told above, once
        symbol: "tax-device"
        state2: page.d.saidState
        text: page.d.said
    }

    DeskTable {
        objectName: "typing_sheet"
        width: parent.width
        visible: page.d.manual
        columns: page.columns
        rows: page.view.rows("rows")
        typing: page.d.manual
        typingHint: page.d.typedHint
        onTyped: text => Visit.note("receipt", text)
    }
}
