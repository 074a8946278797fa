pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Division, door, and how the place was got: one question after the other.
CitizenPage {
    id: page

    readonly property string asked: here ? d.part : ""

    onAskedChanged: if (asked === "line" && d.line === "")
        line.take()
    else if (asked !== "line")
        page.forceActiveFocus()

    TileGrid {
        width: page.bodyWidth
        visible: page.d.part === "division"
        columns: page.lying ? (Theme.scale > 1.2 ? 4 : 6) : Theme.scale > 1.6 ? 2 : Theme.scale > 1.2 ? 3 : 4
        spacing: 12
        prefix: "division_"
        options: page.view.rows("divisions")
        onTapped: row => page.tap(row)
    }

    Field {
        id: line

        objectName: "line"
        width: page.bodyWidth
        visible: page.d.part === "line"
        label: page.d.lineLabel
        hint: page.d.lineHint
        value: page.d.line
        kind: "pinyin"
        maximum: 120
        state2: page.d.wrong !== "" ? "error" : ""
        words: page.d.wrong !== "" ? page.d.wrong : page.d.line !== "" ? page.d.whole : ""
        onEdited: text => Visit.note("line", text)
    }

    Grid {
        width: page.bodyWidth
        visible: page.d.part === "way"
        columns: page.halves
        columnSpacing: Theme.s5

        Repeater {
            model: page.view.rows("ways")

            ChoiceRow {
                id: one

                required property var row

                objectName: "choice_" + row.key
                width: page.halfWidth
                text: row.text
                detail: row.detail
                symbol: row.icon
                picked: row.picked
                onClicked: page.tap(one.row)
            }
        }
    }
}
