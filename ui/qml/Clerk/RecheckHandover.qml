pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// 待核实: what is certain stands above; every thing of the bundle is looked for, one after the other.
ClerkPage {
    id: page

    bannersAbove: true

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

    Rectangle {
        width: parent.width
        height: certain.height + 40
        radius: 8
        color: Theme.sheet
        border.width: Theme.contrast ? 2 : 1
        border.color: Theme.contrast ? Theme.edge : Theme.line

        Icon {
            x: 20
            y: 20
            name: "info"
            size: 32
            color: Theme.act
        }

        Column {
            id: certain

            x: 72
            y: 20
            width: parent.width - 92
            spacing: 6

            BodyText {
                objectName: "certain"
                width: parent.width
                text: page.d.certain
                strong: true
                color: Theme.ink
            }

            BodyText {
                width: parent.width
                text: page.d.certainMore
            }
        }
    }

    DeskTable {
        objectName: "recheck"
        width: parent.width
        columns: page.columns
        onReached: (at, high) => page.reveal(y + at, high)
        rows: page.view.rows("rows")
        onChosen: key => Visit.act("row." + key, {})
    }
}
