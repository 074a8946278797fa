pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// One amount, said in capitals while it is typed.
CitizenPage {
    id: page

    Field {
        id: amount

        objectName: "amount"
        width: page.bodyWidth
        label: page.d.label
        hint: ""
        unit: page.d.unit
        value: page.d.amount
        kind: "amount"
        maximum: 19
        state2: page.d.wrong ? "error" : page.d.words !== "" ? "checked" : ""
        words: page.d.wrong ? page.d.wrongWords : ""
        onEdited: text => Visit.note("amount", text)
    }

    SerifTitle {
        objectName: "amount_words"
        width: page.bodyWidth
        visible: text !== ""
        text: page.d.words
        font.pixelSize: Theme.px(52)
    }

    TileGrid {
        width: page.bodyWidth
        columns: Theme.elder && !page.lying || Theme.scale > 1.6 ? 1 : 3
        prefix: "quick_"
        options: page.view.rows("quick")
        onTapped: row => {
            page.forceActiveFocus();
            page.tap(row);
        }
    }

    Grid {
        width: page.bodyWidth
        columns: page.halves
        columnSpacing: Theme.s5

        FactRow {
            width: page.halfWidth
            symbol: "calendar"
            detail: page.d.years
        }

        FactRow {
            width: page.halfWidth
            symbol: "info"
            detail: page.d.liability
            last: true
        }
    }
}
