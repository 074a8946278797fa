pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// A page beside the case: what is so stands above, then a field for what is scanned or typed, tabs, and one table.
// The field has the keyboard from the first moment; what a wedge scanner types never reaches it.
ClerkPage {
    id: page

    readonly property real wide: page.bodyFull

    function mark(row: int): void {
        Visit.note("pick", Math.max(0, Math.min(page.d.rowCount - 1, row)));
    }

    function openTab(key: string): void {
        Visit.keep({
            "tab": key,
            "pick": 0
        });
        Visit.act("tabbed", {});
    }

    function local(name: string): bool {
        switch (name) {
        case "up":
        case "down":
            page.mark(page.d.pick + (name === "up" ? -1 : 1));
            return true;
        case "tab":
            const rows = page.view.rows("tabs");
            for (let i = 0; i < rows.rowCount(); i++) {
                if (rows.row(i).picked) {
                    page.openTab(rows.row((i + 1) % rows.rowCount()).key);
                    return true;
                }
            }
            return true;
        case "put":
        case "pin":
            Visit.act(name, {});
            field.clear();
            Visit.note("entry", "");
            return true;
        default:
            return false;
        }
    }

    Component.onCompleted: if (page.d.field)
        field.take()

    foot: [
        BodyText {
            objectName: "tally"
            width: parent ? (parent as Item).width : 0
            visible: text !== ""
            text: page.d.tally
            strong: true
            color: Theme.ink
        },
        LabelText {
            width: parent ? (parent as Item).width : 0
            visible: page.d.tally !== ""
            text: page.d.tallyMore
            color: Theme.ink2
        }
    ]

    StatusStrip {
        objectName: "said"
        width: page.wide
        symbol: page.d.saidIcon
        state2: page.d.saidState
        text: page.d.said
    }

    Row {
        width: page.wide
        visible: page.d.field
        spacing: 24

        Field {
            id: field

            objectName: "entry"
            width: page.d.more ? (parent.width - 24) / 2 : parent.width
            label: page.d.fieldLabel
            kind: page.d.fieldKind
            hint: page.d.fieldHint
            symbol: page.d.fieldKind === "pin" ? "lock" : "search"
            maximum: page.d.fieldMaximum
            onVisibleChanged: if (visible)
                field.take()
            onEdited: text => {
                Visit.note("entry", text);
                if (page.d.live)
                    Visit.act("typed", text);
            }
        }

        Field {
            objectName: "more"
            width: (parent.width - 24) / 2
            visible: page.d.more
            label: page.d.moreLabel
            hint: page.d.moreHint
            kind: "pinyin"
            maximum: page.d.moreMaximum
            onEdited: text => Visit.note("more", text)
        }
    }

    Row {
        spacing: 8
        visible: tabs.count > 0

        Repeater {
            id: tabs

            model: page.view.rows("tabs")

            ActButton {
                id: tab

                required property var row

                objectName: "tab_" + row.key
                implicitHeight: 48
                focusPolicy: Qt.NoFocus
                kind: row.picked ? "secondary" : "quiet"
                text: row.text
                Accessible.checked: row.picked
                onClicked: page.openTab(row.key)

                Rectangle {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: 4
                    visible: tab.row.picked
                    color: Theme.act
                }
            }
        }
    }

    Column {
        id: about

        width: page.wide
        visible: facts.count > 0

        Repeater {
            id: facts

            model: page.view.rows("about")

            SlipLineRow {
                width: about.width
                labelWidth: Theme.px(220)
                last: true
            }
        }
    }

    DeskTable {
        objectName: "table"
        width: page.wide
        visible: page.d.rowCount > 0
        columns: page.columns
        rows: page.view.rows("rows")
        onReached: (at, high) => page.reveal(y + at, high)
        onChosen: key => {
            const rows = page.view.rows("rows");
            for (let i = 0; i < rows.rowCount(); i++) {
                if (rows.row(i).key === key)
                    page.mark(i);
            }
        }
    }
}
