pragma ComponentBehavior: Bound

import QtQuick
import Design

// The hall's open cases. On the free desk every line opens its case; the arrows move the mark, F3 opens it.
Column {
    id: rail

    required property ClerkPage page

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
                width: rail.width
                opens: rail.page.d.railOpens
                terse: Theme.elder && rail.page.d.queueShown
                onClicked: rail.page.act("open." + row.key)
            }
        }
    }

    LabelText {
        width: rail.width
        visible: text !== ""
        text: rail.page.d.railMore
    }
}
