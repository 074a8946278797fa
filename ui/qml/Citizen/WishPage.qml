pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// The items beside the registration: what is proposed as lines that lead to a choice, one choice, or one text.
CitizenPage {
    id: page

    readonly property string mode: d.mode
    readonly property string asked: here ? mode : ""

    onAskedChanged: if (asked === "type")
        Qt.callLater(() => (typed.item as Field)?.take())
    else
        page.forceActiveFocus()

    Grid {
        width: page.bodyWidth
        visible: options.count > 0
        columns: page.halves
        columnSpacing: Theme.s5

        Repeater {
            id: options

            model: page.view.rows("options")

            ChoiceRow {
                id: option

                required property var row

                objectName: "option_" + row.key
                width: page.halfWidth
                symbol: row.icon
                text: row.text
                detail: row.detail
                picked: row.picked
                onClicked: page.tap(option.row)
            }
        }
    }

    Grid {
        width: page.bodyWidth
        visible: answers.count > 0
        columns: page.halves
        columnSpacing: Theme.s5

        Repeater {
            id: answers

            model: page.view.rows("answers")

            ChoiceRow {
                id: one

                required property var row

                objectName: "answer_" + row.key
                width: page.halfWidth
                symbol: row.icon
                text: row.text
                detail: row.detail
                pickWords: Say.t("slip.edit")
                pickSymbol: "pencil"
                onClicked: page.tap(one.row)
            }
        }
    }

    TileGrid {
        width: page.bodyWidth
        visible: count > 0
        topPadding: Theme.pressable // the page's edge would take the first row's border
        columns: Theme.elder && !page.lying || Theme.scale > 1.6 ? 2 : 3
        prefix: "tile_"
        options: page.view.rows("tiles")
        onTapped: row => page.tap(row)
    }

    StatusStrip {
        width: page.bodyWidth
        visible: text !== ""
        symbol: "bank"
        text: page.d.waiting
    }

    Loader {
        id: typed

        width: page.bodyWidth
        active: page.mode === "type"
        visible: active
        sourceComponent: Field {
            objectName: "typed"
            label: page.d.label
            hint: page.d.hint
            value: page.d.typed
            kind: page.d.kind
            maximum: page.d.most
            state2: page.d.wrong ? "error" : ""
            words: page.d.words
            onEdited: text => Visit.note("typed", text)
        }
    }

    Column {
        width: page.bodyWidth
        visible: facts.count > 0

        Repeater {
            id: facts

            model: page.view.rows("facts")

            FactRow {
                required property var row
                required property int index

                objectName: "fact_" + row.key
                width: page.bodyWidth
                symbol: row.icon
                detail: row.detail
                last: index === facts.count - 1
            }
        }
    }
}
