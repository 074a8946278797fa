pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// The frame of every desk screen: the presenter's texts, rail, slip and banners, the way out, and what a key does.
DeskPage {
    id: page

    property bool bannersAbove: true
    property bool ownSide: false // a page that puts something of its own in the slip's place

    readonly property real bodyFull: slipShown ? bodyWidth : 1564

    // The presenter's columns as the table takes them; large type has its own places. By way of their text, so that
    // other news of the page does not build the table anew under somebody's hands.
    readonly property string columnsText: JSON.stringify(d.columns ?? [])
    readonly property var columns: JSON.parse(columnsText).map(c => ({
                "key": c.key,
                "title": c.title,
                "x": Theme.elder ? c.xLarge : c.x,
                "bold": c.bold
            }))

    // What a screen does by itself with an action; true: the visit need not hear of it.
    function local(name: string): bool {
        return false;
    }

    function act(name: string): void {
        if (page.local(name))
            return;
        if (name.startsWith("ask.")) {
            Visit.note("ask", name.slice(4));
            return;
        }
        switch (name) {
        case "palette":
            Visit.note("palette", "yes");
            break;
        case "leaving":
            Visit.note("leaving", "yes");
            break;
        case "ask_aside":
            Visit.note("aside", "yes");
            break;
        case "language":
            Spoken.toggle();
            break;
        case "size":
            Look.nextSize();
            break;
        default:
            Visit.act(name, {});
        }
    }

    // What is typed ahead waits until the screen shows what the keys before it did.
    function press(name: string): bool {
        return Visit.later(name) || page.pressNow(name);
    }

    // While the one question is open, only its two keys mean anything.
    function pressNow(name: string): bool {
        if (page.d.palette) {
            palette.press(name);
            return true;
        }
        if (page.d.paper) {
            paper.press(name);
            return true;
        }
        if (page.d.material) {
            material.press(name);
            return true;
        }
        if (page.d.question !== "") {
            question.press(name);
            return true;
        }
        if (!ask.open)
            return page.pressed(name);
        if (name === "Enter" || name === "Esc")
            ask.stayed();
        else if (name === "Ctrl+Enter")
            ask.leaving();
        return true;
    }

    function pressed(name: string): bool {
        for (const list of ["keys", "actions", "queueKeys", "tools", "doors"]) {
            const rows = page.view.rows(list);
            for (let i = 0; i < rows.rowCount(); i++) {
                const row = rows.row(i);
                if (row.shortcut === name && row.enabled && row.busy !== true) {
                    page.act(row.action ?? row.name);
                    return true;
                }
            }
        }
        if (name === "PgUp" || name === "PgDn")
            page.turn(name === "PgUp" ? -1 : 1);
        page.keyed(name);
        return false;
    }

    Connections {
        function onKeyCame(key: string): void {
            page.pressNow(key);
        }

        target: Visit
    }

    title: d.title
    heading: d.heading
    meta: d.meta
    staff: d.staff
    slipShown: d.slipShown

    rail: [
        QueueRail {
            visible: page.d.queueShown
            page: page
        },
        CaseRail {
            visible: page.d.signedIn
            page: page
        },
        DeviceRail {
            visible: !page.d.signedIn
            page: page
        }
    ]

    side: ClerkSlip {
        anchors.fill: parent
        visible: !page.ownSide
        customer: page.d.customer
        customerMore: page.d.customerMore
    }

    BannerList {
        width: parent.width
        visible: page.bannersAbove && count > 0
        page: page
    }

    QueueQuestion {
        id: question

        parent: page
        page: page
    }

    ActionPalette {
        id: palette

        parent: page
        page: page
    }

    MaterialView {
        id: material

        parent: page
        page: page
    }

    PaperPreview {
        id: paper

        parent: page
        page: page
    }

    AskDialog {
        id: ask

        parent: page
        open: page.d.leaving || page.d.asking
        question: page.d.asking ? page.d.askTitle : Say.t("check_bundle.leave_title")
        words: page.d.asking ? page.d.askWords : Say.t("check_bundle.leave_words")
        harmless: page.d.asking ? Say.t("devices.aside_not") : Say.t("check_bundle.leave_stay")
        harmlessKey: "Enter"
        other: page.d.asking ? Say.t("devices.aside_yes") : Say.t("check_bundle.leave_go")
        otherKey: "Ctrl+Enter"
        onStayed: {
            Visit.keep({
                "aside": "",
                "leaving": ""
            });
        }
        onLeaving: Visit.act(page.d.asking ? "aside" : "abort", {})
    }
}
