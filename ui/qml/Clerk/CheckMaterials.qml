pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Every material once, by keys: digits judge the line at hand, arrows move, F9 accepts.
ClerkPage {
    id: page

    function local(name: string): bool {
        switch (name) {
        case "up":
        case "down":
            Visit.note("line", Math.max(0, Math.min(page.d.lines - 1, page.d.line + (name === "up" ? -1 : 1))));
            return true;
        case "in_order":
        case "missing":
        case "wrong":
            Visit.act(name, {});
            Visit.note("line", -1); // on to the next open line
            return true;
        default:
            return false;
        }
    }

    head: BodyText {
        objectName: "tally"
        text: page.d.tally
        strong: true
        font.pixelSize: Theme.px(24)
        color: Theme.ink
        wrapMode: Text.NoWrap
    }

    foot: [
        Chip {
            objectName: "said"
            bare: true
            state2: page.d.saidState
            text: page.d.said
            size: Theme.body
        },
        LabelText {
            width: parent ? (parent as Item).width : 0
            text: page.d.saidMore
            color: Theme.ink2
        }
    ]

    DeskTable {
        objectName: "materials"
        width: parent.width
        columns: page.columns
        onReached: (at, high) => page.reveal(y + at, high)
        rows: page.view.rows("materials")
        onChosen: key => {
            const rows = page.view.rows("materials");
            for (let i = 0; i < rows.rowCount() && !page.d.decided; i++) {
                if (rows.row(i).key === key)
                    Visit.note("line", i);
            }
        }
    }

    // What the case says of the line at hand, to be compared with what lies on the desk, and the three judgements.
    Rectangle {
        width: parent.width
        height: Math.max(facts.height, judging.height) + 40
        visible: judge.count > 0
        radius: 8
        color: Theme.sheet
        border.width: Theme.contrast ? 2 : 1
        border.color: Theme.contrast ? Theme.edge : Theme.line

        Column {
            id: facts

            x: 24
            y: 20
            width: parent.width - judging.width - 72

            BodyText {
                objectName: "about"
                width: parent.width
                text: page.d.about
                strong: true
                color: Theme.ink
                bottomPadding: 6
            }

            Repeater {
                model: page.view.rows("about")

                SlipLineRow {
                    width: facts.width
                    labelWidth: Theme.px(96)
                    last: true
                }
            }
        }

        Column {
            id: judging

            x: parent.width - width - 20
            y: 20
            width: Theme.px(190)
            spacing: 12

            Repeater {
                id: judge

                model: page.view.rows("judge")

                ActButton {
                    id: verdict

                    required property var row

                    objectName: row.key
                    width: judging.width
                    implicitHeight: 52
                    focusPolicy: Qt.NoFocus
                    kind: "secondary"
                    symbol: row.icon
                    text: row.text
                    shortcut: row.cap
                    Accessible.checked: row.picked
                    onClicked: page.act(row.key)

                    Rectangle {
                        anchors.fill: parent
                        anchors.margins: -3
                        visible: verdict.row.picked
                        radius: 10
                        color: "transparent"
                        border.width: 3
                        border.color: Theme.act
                    }
                }
            }
        }
    }
}
