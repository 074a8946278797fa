pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// 两处都改过: every answer that two terminals gave differently is one row; 1 and 2 choose, arrows move, F9 goes on.
ClerkPage {
    id: page

    function local(name: string): bool {
        switch (name) {
        case "up":
        case "down":
            Visit.note("line", Math.max(0, Math.min(page.d.lines - 1, page.d.line + (name === "up" ? -1 : 1))));
            return true;
        case "mine":
        case "theirs":
            Visit.act(name, {});
            Visit.note("line", -1); // on to the next that nobody has decided
            return true;
        default:
            return false;
        }
    }

    foot: [
        BodyText {
            objectName: "tally"
            width: parent ? (parent as Item).width : 0
            visible: page.d.lines > 0
            text: page.d.tally
            strong: true
            color: Theme.ink
        },
        LabelText {
            width: parent ? (parent as Item).width : 0
            text: page.d.then
            color: Theme.ink2
        }
    ]

    Rectangle {
        width: parent.width
        height: asking.height + 40
        radius: 8
        color: Theme.sheet
        border.width: Theme.contrast ? 2 : 1
        border.color: Theme.contrast ? Theme.edge : Theme.line

        Icon {
            x: 20
            y: 20
            name: "info"
            size: 32
            color: Theme.act
        }

        Column {
            id: asking

            x: 72
            y: 20
            width: parent.width - 92
            spacing: 6

            BodyText {
                objectName: "ask"
                width: parent.width
                text: page.d.ask
                strong: true
                color: Theme.ink
            }

            BodyText {
                width: parent.width
                text: page.d.askMore
            }
        }
    }

    DeskTable {
        objectName: "answers"
        width: parent.width
        visible: page.d.lines > 0
        columns: page.columns
        onReached: (at, high) => page.reveal(y + at, high)
        rows: page.view.rows("rows")
        onChosen: key => {
            const rows = page.view.rows("rows");
            for (let i = 0; i < rows.rowCount(); i++) {
                if (rows.row(i).key === key)
                    Visit.note("line", i);
            }
        }
    }
}
