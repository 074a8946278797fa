pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Somebody who is not here: name, number, phone, one at a time; and the honest way of whoever has no such certificate.
Column {
    id: editor

    required property var d
    required property Rows facts
    property real room: width
    readonly property string part: d.mode.startsWith("away_") ? d.mode.slice(5) : ""

    signal cardAsked

    function take(): void {
        if (part === "name")
            name.take();
        else if (part === "number")
            number.take();
        else if (part === "phone")
            phone.take();
    }

    spacing: Theme.s3

    Field {
        id: name

        objectName: "away_name"
        width: editor.width
        visible: editor.part === "name"
        label: visible ? editor.d.awayLabel : ""
        hint: visible ? editor.d.awayHint : ""
        value: visible ? editor.d.away : ""
        kind: "pinyin"
        maximum: 64
        words: visible ? editor.d.awayWords : ""
        onEdited: text => Visit.note("away_name", text)
    }

    Field {
        id: number

        objectName: "away_number"
        width: editor.width
        visible: editor.part === "number"
        label: visible ? editor.d.awayLabel : ""
        hint: visible ? editor.d.awayHint : ""
        value: visible ? editor.d.away : ""
        kind: "id"
        maximum: 18
        state2: visible ? editor.d.awayState : ""
        words: visible ? editor.d.awayWords : ""
        onEdited: text => Visit.note("away_number", text)
    }

    Field {
        id: phone

        objectName: "away_phone"
        width: editor.width
        visible: editor.part === "phone"
        label: visible ? editor.d.awayLabel : ""
        hint: visible ? editor.d.awayHint : ""
        value: visible ? editor.d.away : ""
        kind: "phone"
        maximum: 11
        state2: visible ? editor.d.awayState : ""
        words: visible ? editor.d.awayWords : ""
        onEdited: text => Visit.note("away_phone", text)
    }

    StatusStrip {
        width: editor.width
        visible: editor.part === "card"
        symbol: "card"
        text: visible ? editor.d.waiting : ""
    }

    ActButton {
        objectName: "away_card"
        width: editor.width
        visible: editor.part === "name" && editor.d.awayCard !== ""
        symbol: "card"
        text: editor.d.awayCard
        onClicked: editor.cardAsked()
    }

    BodyText {
        width: editor.width
        visible: editor.part === "name" && editor.d.awayCardOff !== ""
        text: editor.d.awayCardOff
    }

    ActButton {
        objectName: "away_abroad"
        width: editor.width
        visible: editor.part === "name" && editor.d.awayAbroad !== ""
        symbol: "globe"
        text: editor.d.awayAbroad
        onClicked: Visit.note("away_part", "abroad")
    }

    Column {
        width: editor.width
        visible: editor.part === "abroad"

        Repeater {
            model: editor.facts

            FactRow {
                required property var row

                width: editor.width
                symbol: row.icon
                text: row.text
                detail: row.detail
            }
        }
    }
}
