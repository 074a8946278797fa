pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// The free desk: card, slip or code, whichever comes first. The field has the keyboard from the first moment.
ClerkPage {
    id: page

    function local(name: string): bool {
        if (name !== "up" && name !== "down")
            return false;
        const last = page.view.rows("cases").rowCount() - 1;
        Visit.note("pick", Math.max(0, Math.min(last, page.d.pick + (name === "up" ? -1 : 1))));
        return true;
    }

    Component.onCompleted: field.take()

    Row {
        id: ways

        readonly property real each: (width - 2 * spacing) / 3

        width: page.bodyFull
        spacing: 24

        Repeater {
            model: page.view.rows("ways")

            FindWay {
                required property var row

                objectName: "way_" + row.key
                width: ways.each
                height: byHand.implicitHeight
                symbol: row.icon
                text: row.text
                detail: row.detail
            }
        }

        FindWay {
            id: byHand

            objectName: "way_typed"
            width: ways.each
            height: implicitHeight
            symbol: "keyboard"
            text: page.d.byHand
            detail: page.d.byHandHow

            Field {
                id: field

                y: 14
                objectName: "code"
                width: parent.width
                kind: "latin"
                hint: page.d.placeholder
                symbol: "search"
                maximum: 18
                enabled: !page.d.busy
                onEdited: text => Visit.note("code", text)
            }
        }
    }

    StatusStrip {
        width: page.bodyFull
        symbol: page.d.busy ? "search" : "target"
        text: page.d.said
    }

    Row {
        id: doors

        spacing: 16

        Repeater {
            model: page.view.rows("doors")

            ActButton {
                required property var row

                objectName: "door_" + row.key
                implicitHeight: 56
                focusPolicy: Qt.NoFocus
                kind: "secondary"
                symbol: row.icon
                text: row.words
                shortcut: row.shortcut
                enabled: row.enabled
                missing: row.words
                onClicked: page.act(row.action)
            }
        }
    }
}
