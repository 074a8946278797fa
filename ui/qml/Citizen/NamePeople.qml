pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// People and companies as cards; the next person's card; and one thing of one of them at a time.
CitizenPage {
    id: page

    readonly property string mode: d.mode
    readonly property string asked: here ? mode : ""

    onlyRead: mode === "card" && !told

    // The field is ready to be typed in: after it has what is known already, which a field with the focus no longer takes.
    onAskedChanged: if (asked === "share")
        Qt.callLater(() => (share.item as Field)?.take())
    else if (asked === "phone")
        Qt.callLater(() => (phone.item as Field)?.take())
    else if (asked === "company" || asked === "company_name")
        Qt.callLater(() => (company.item as CompanyEditor)?.take())
    else if (asked.startsWith("away_") && asked !== "away_abroad" && asked !== "away_card")
        Qt.callLater(() => (away.item as AbsentEditor)?.take())
    else
        page.forceActiveFocus()

    // --- the list ---
    LackList {
        width: page.bodyWidth
        rows: page.view.rows("lacking")
        onTapped: row => Visit.keep(row.sets)
    }

    Grid {
        width: page.bodyWidth
        columns: page.halves
        columnSpacing: Theme.s5
        rowSpacing: Theme.s3

        Repeater {
            model: page.view.rows("people")

            PersonCard {
                id: person

                objectName: "person_" + row.ref
                width: page.halfWidth
                onEdited: part => Visit.note("edit", person.row.ref + "." + part)
                onDropped: Visit.act("drop_person", person.row.ref)
            }
        }
    }

    Repeater {
        model: page.view.rows("supervisor")

        ChoiceRow {
            id: supervisor

            required property var row

            objectName: "supervisor_none"
            width: page.bodyWidth
            symbol: row.icon
            text: row.text
            detail: row.detail
            picked: row.picked
            last: true
            onClicked: page.tap(supervisor.row)
        }
    }

    ActButton {
        objectName: "next_person"
        width: page.bodyWidth
        visible: page.mode === "list" && page.d.add !== ""
        symbol: "card"
        text: page.d.add
        onClicked: page.act("next_person")
    }

    ActButton {
        objectName: "add_company"
        width: page.bodyWidth
        visible: page.mode === "list" && page.d.addCompany !== ""
        symbol: "bank"
        text: page.d.addCompany
        onClicked: Visit.note("edit", "new.company")
    }

    ActButton {
        objectName: "add_absent"
        width: page.bodyWidth
        visible: page.mode === "list" && page.d.addAbsent !== ""
        symbol: "phone"
        text: page.d.addAbsent
        onClicked: Visit.note("edit", "new.away")
    }

    // What is asked one at a time is made when it is asked.
    Loader {
        id: away

        width: page.bodyWidth
        active: page.mode.startsWith("away_")
        visible: active
        sourceComponent: AbsentEditor {
            d: page.d
            facts: page.view.rows("abroad")
            onCardAsked: page.act("away_card")
        }
    }

    // --- a company among the shareholders ---
    Loader {
        id: company

        width: page.bodyWidth
        active: page.mode === "company" || page.mode === "company_name"
        visible: active
        sourceComponent: CompanyEditor {
            d: page.d
        }
    }

    Loader {
        width: page.bodyWidth
        active: page.mode === "signer"
        visible: active
        sourceComponent: SignerEditor {
            halves: page.halves
            d: page.d
            rights: page.view.rows("rights")
            signers: page.view.rows("signers")
            onTapped: row => page.tap(row)
        }
    }

    // --- the next card ---
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

    // --- roles ---
    Grid {
        width: page.bodyWidth
        visible: page.mode === "roles"
        columns: page.halves
        columnSpacing: Theme.s5

        Repeater {
            model: page.view.rows("roles")

            ChoiceRow {
                id: one

                required property var row

                objectName: "role_" + row.key
                width: page.halfWidth
                text: row.text
                detail: row.detail
                picked: row.picked
                onClicked: page.tap(one.row)
            }
        }
    }

    // --- contribution ---
    Loader {
        id: share

        width: page.bodyWidth
        active: page.mode === "share"
        visible: active
        sourceComponent: Field {
            objectName: "share_amount"
            label: page.d.label
            hint: ""
            unit: page.d.unit
            value: page.d.amount
            kind: "amount"
            maximum: 19
            state2: page.d.wrong ? "error" : ""
            onEdited: text => Visit.note("share", text)
        }
    }

    SerifTitle {
        width: page.bodyWidth
        visible: (page.mode === "share" || page.mode === "due") && text !== ""
        text: page.d.words
        font.pixelSize: Theme.px(52)
    }

    // --- until when it is paid ---
    DateWheel {
        width: page.bodyWidth
        visible: page.mode === "due"
        parts: page.view.rows("wheels")
        onTurned: day => Visit.note("due", day)
    }

    TileGrid {
        width: page.bodyWidth
        visible: page.mode === "share" || page.mode === "due"
        columns: page.mode === "due" && !(Theme.elder && !page.lying) ? 3 : 1
        prefix: "quick_"
        options: page.view.rows("quick")
        onTapped: row => {
            page.forceActiveFocus();
            page.tap(row);
        }
    }

    // --- phone ---
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
