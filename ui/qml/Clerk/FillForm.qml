pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// The whole form on one page, for keys alone: Enter keeps and goes to what is missing next, Tab and arrows move, digits
// choose, letters search. What is typed goes inside when it is kept or left.
ClerkPage {
    id: page

    property string typed: "" // in the line at hand, since it came to hand
    property bool touched: false
    property var inner: ({}) // the choices on the line at hand that led to the one that is shown
    readonly property string at: d.at
    readonly property bool types: d.types

    function line(key: string): FormLine {
        for (const some of [left, right]) {
            for (let n = 0; n < some.count; n++) {
                const one = some.itemAt(n) as FormLine;
                if (one && one.row.key === key)
                    return one;
            }
        }
        return null;
    }

    // Where the hand goes; empty: to the first line that is missing.
    function go(key: string, more: var): void {
        page.touched = false;
        page.typed = "";
        Visit.note("hand", Object.assign({
            "at": key
        }, more ?? {}));
        Qt.callLater(page.settle);
    }

    // The keyboard belongs to the field of the line at hand, else to the page.
    function settle(): void {
        const one = page.line(page.d.at);
        if (one && one.row.types)
            one.take();
        else
            page.forceActiveFocus();
    }

    function keep(): void {
        const one = page.line(page.d.at);
        if (one && page.touched && one.row.types && !one.row.searches && page.typed !== one.row.text)
            Visit.act("set", {
                "line": page.d.at,
                "text": page.typed
            });
    }

    function step(by: int): void {
        const order = page.d.order;
        const here = order.indexOf(page.d.at);
        page.keep();
        page.go(order[(here + by + order.length) % order.length]);
    }

    function nextMissing(): void {
        const missing = page.d.missing, order = page.d.order;
        const here = order.indexOf(page.d.at);
        page.keep();
        page.go(missing.find(key => order.indexOf(key) > here) ?? missing[0] ?? "");
    }

    function marked(): var {
        const rows = page.view.rows("options");
        for (let n = 0; n < rows.rowCount(); n++)
            if (rows.row(n).marked)
                return rows.row(n);
        return null;
    }

    function mark(by: int): void {
        const rows = page.view.rows("options");
        let at = 0;
        for (let n = 0; n < rows.rowCount(); n++)
            if (rows.row(n).marked)
                at = n;
        Visit.note("hand", {
            "at": page.d.at,
            "of": page.d.at,
            "typed": page.typed,
            "mark": Math.max(0, Math.min(rows.rowCount() - 1, at + by))
        });
    }

    function enter(): void {
        const at = page.d.at, one = page.line(at);
        const found = page.d.searches && page.typed !== "" ? page.marked() : null;
        // What stands there and still waits (a name that nobody has looked up) is said as it stands.
        const waits = one && one.row.state === "wait" ? one.row.text : "";
        if (found) {
            page.takeOption(found);
        } else if (page.d.types && !page.d.searches && (page.touched || waits !== "")) {
            const text = page.touched ? page.typed : waits;
            Visit.act("set", {
                "line": at,
                "text": text
            });
            page.go("", {
                "of": at,
                "typed": text
            });
            if (page.d.at === at) { // it stays until the line is done with
                page.typed = text;
                page.touched = true;
            }
        } else {
            page.nextMissing();
        }
    }

    function takeOption(row: var): void {
        const at = page.d.at;
        Visit.keep(row.notes);
        if (row.acts)
            Visit.act("take", {
                "line": at,
                "option": row.key
            });
        const inner = Object.assign({}, page.inner, row.sets);
        page.inner = row.stays ? inner : ({});
        const one = page.line(at);
        if (one && one.field)
            one.field.clear();
        page.go(row.stays ? at : "", row.stays ? {
            "inner": inner
        } : {});
        if (page.d.searches && row.acts)
            Visit.act("find_scope", {
                "line": at,
                "text": ""
            });
    }

    function local(name: string): bool {
        switch (name) {
        case "enter":
            page.enter();
            return true;
        case "after":
            page.step(1);
            return true;
        case "missing":
            page.nextMissing();
            return true;
        case "drop":
            Visit.act("drop", {
                "line": page.d.at
            });
            page.go("");
            return true;
        case "confirm":
            Visit.act("confirm", {});
            page.go("");
            return true;
        case "sign":
        case "back":
            page.keep();
            return false;
        default:
            return false;
        }
    }

    onAtChanged: {
        page.typed = "";
        page.touched = false;
        page.inner = ({});
        Qt.callLater(page.settle);
    }
    onTypesChanged: Qt.callLater(page.settle)
    onKeyed: name => {
        if (name === "Up" || name === "Down") {
            if (page.d.searches && page.typed !== "")
                page.mark(name === "Up" ? -1 : 1);
            else
                page.step(name === "Up" ? -1 : 1);
            return;
        }
        const rows = page.view.rows("options");
        for (let n = 0; n < rows.rowCount(); n++)
            if (rows.row(n).cap === name) {
                page.takeOption(rows.row(n));
                return;
            }
    }
    Keys.onTabPressed: page.step(1)
    Keys.onBacktabPressed: page.step(-1)
    Component.onCompleted: Qt.callLater(page.settle)

    foot: [
        BodyText {
            objectName: "tally"
            width: parent ? (parent as Item).width : 0
            text: page.d.tally
            strong: true
            color: Theme.ink
        },
        LabelText {
            width: parent ? (parent as Item).width : 0
            text: page.d.tallyMore
            color: Theme.ink2
        }
    ]

    ownSide: true
    side: FormHand {
        anchors.fill: parent
        page: page
        onTaken: option => page.takeOption(option)
    }

    Row {
        id: lanes

        width: parent.width
        spacing: 20

        component Lines: Column {
            id: lines

            property alias count: repeater.count
            property alias model: repeater.model

            function itemAt(n: int): Item {
                return repeater.itemAt(n);
            }

            width: (page.bodyWidth - 20) / 2

            Repeater {
                id: repeater

                FormLine {
                    onReached: (at, high) => page.reveal(lanes.y + at, high)
                    onChosen: {
                        if (!row.at) {
                            page.keep();
                            page.go(row.key);
                        }
                    }
                    onEdited: text => {
                        if (!row.at || text === page.typed)
                            return;
                        page.typed = text;
                        page.touched = true;
                        if (row.searches)
                            Visit.act("find_scope", {
                                "line": row.key,
                                "text": text
                            });
                        Visit.note("hand", {
                            "at": row.key,
                            "of": row.key,
                            "typed": text,
                            "inner": page.inner
                        });
                    }
                }
            }
        }

        Lines {
            id: left

            model: page.view.rows("left")
        }

        Lines {
            id: right

            model: page.view.rows("right")
        }
    }
}
