pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Who runs an individual business: the operator, how it is run, and the cards of the family that takes part.
CitizenPage {
    id: page

    readonly property string mode: d.mode
    readonly property string asked: here ? mode : ""

    onlyRead: mode === "card" && !told

    // One field and nothing else: it is ready to be typed in.
    onAskedChanged: if (asked === "phone")
        Qt.callLater(() => (phone.item as Field)?.take())
    else
        page.forceActiveFocus()

    LackList {
        width: page.bodyWidth
        rows: page.view.rows("lacking")
        onTapped: row => Visit.keep(row.sets)
    }

    BodyText {
        width: page.bodyWidth
        visible: text !== ""
        text: page.d.run
        strong: true
        color: Theme.ink
    }

    Grid {
        width: page.bodyWidth
        visible: page.mode === "list"
        columns: page.halves
        columnSpacing: Theme.s5

        Repeater {
            model: page.view.rows("runs")

            ChoiceRow {
                id: one

                required property var row

                objectName: "run_" + row.key
                width: page.halfWidth
                text: row.text
                detail: row.detail
                symbol: row.icon
                picked: row.picked
                onClicked: page.tap(one.row)
            }
        }
    }

    BodyText {
        width: page.bodyWidth
        visible: text !== ""
        text: page.d.family
        strong: true
        color: Theme.ink
    }

    Grid {
        width: page.bodyWidth
        columns: page.halves
        columnSpacing: Theme.s5
        rowSpacing: Theme.s3

        Repeater {
            model: page.view.rows("family")

            PersonCard {
                id: member

                objectName: "member_" + row.at
                width: page.halfWidth
                onDropped: Visit.act("drop_member", member.row.at)
            }
        }
    }

    ActButton {
        objectName: "next_member"
        width: page.bodyWidth
        visible: page.mode === "list" && page.d.add !== ""
        symbol: "card"
        text: page.d.add
        onClicked: page.act("next_member")
    }

    Repeater {
        model: page.view.rows("operator")

        PersonCard {
            objectName: "operator"
            width: page.bodyWidth
            onEdited: Visit.note("edit", "phone")
        }
    }

    // --- the card of one of the family ---
    Loader {
        width: page.bodyWidth
        active: page.mode === "card"
        visible: active
        sourceComponent: ReaderDrawing {
            height: page.lying ? 440 : implicitHeight
            caption: page.d.faceUp
        }
    }

    StatusStrip {
        width: page.bodyWidth
        visible: page.mode === "card"
        symbol: "card"
        text: page.d.waiting
    }

    // --- the operator's phone ---
    Loader {
        id: phone

        width: page.bodyWidth
        active: page.mode === "phone"
        visible: active
        sourceComponent: Field {
            objectName: "phone_number"
            label: page.d.label
            hint: page.d.hint
            value: page.d.phone
            kind: "phone"
            maximum: 11
            state2: page.d.wrong ? "error" : ""
            words: page.d.words
            onEdited: text => Visit.note("phone", text)
        }
    }
}
