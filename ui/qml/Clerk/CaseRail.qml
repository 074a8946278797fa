pragma ComponentBehavior: Bound

import QtQuick
import Design

// The hall's open cases. On the free desk every line opens its case; the arrows move the mark, F3 opens it.
Column {
    id: rail

    required property ClerkPage page
    readonly property bool tight: Theme.elder && page.d.queueShown

    width: parent ? (parent as Item).width : 0
    spacing: 8

    BodyText {
        width: rail.width
        text: rail.page.d.railTitle
        strong: true
        color: Theme.ink
    }

    LabelText {
        width: rail.width
        visible: cases.count === 0
        text: rail.page.d.railEmpty
    }

    Column {
        width: rail.width

        Repeater {
            id: cases

            model: rail.page.view.rows("cases")

            RailCase {
                required property int index

                // In large type two of them have room below the queue; the title says how many there are.
                visible: !rail.tight || index < 2
                width: rail.width
                opens: rail.page.d.railOpens
                terse: rail.tight
                onClicked: rail.page.act("open." + row.key)
            }
        }
    }

    LabelText {
        width: rail.width
        visible: text !== "" && !rail.tight
        text: rail.page.d.railMore
    }
}
