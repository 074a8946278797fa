pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// The frame of every citizen's step: the viewmodel's question and banners, the two dialogs, and what a touch does.
KioskPage {
    id: page

    // What goes with an action, where the action needs more than its name.
    property var payloads: ({})
    property bool bannersShown: true

    // An action of the page's fixed place: said to the visit, then the notes that it leaves behind.
    function act(name: string): void {
        const notes = page.d.then[name] ?? {};
        Visit.act(name, page.payloads[name] ?? {});
        page.keep(notes);
    }

    // A row of a list: what it says, what it leaves behind, or both.
    function tap(row: var): void {
        const sets = row.sets;
        if (row.act !== "")
            Visit.act(row.act, row.value);
        page.keep(sets);
    }

    function keep(notes: var): void {
        for (const name in notes)
            Visit.note(name, notes[name]);
    }

    title: d.question
    lead: d.lead
    step: d.step
    steps: d.step > 0 ? d.steps : 0
    slipShown: d.slipShown
    helpCalled: d.helped

    Repeater {
        model: page.view.rows("banners")

        Banner {
            required property var row

            objectName: "banner_" + row.key
            width: page.bodyWidth
            visible: page.bannersShown
            state2: row.state
            symbol: row.icon !== "" ? row.icon : Theme.stateIcon(row.state)
            what: row.what
            todo: row.todo
            small: row.small
            actionText: row.button
            actionName: "banner_" + row.act
            onActed: page.act(row.act)
        }
    }

    AskDialog {
        parent: page
        open: page.d.idle
        question: Say.t("chrome.idle.title")
        words: Say.f(page.d.keeps ? "chrome.idle.words" : "chrome.idle.words_nothing", {
            "n": Visit.idleLeft
        })
        harmless: Say.t("chrome.idle.stay")
        other: Say.t("chrome.idle.leave")
        onStayed: Visit.act("touched", {})
        onLeaving: Visit.act("leave", {})
    }

    AskDialog {
        parent: page
        open: page.d.leaving && !page.d.idle
        question: Say.t("chrome.leaving.title")
        words: page.d.keeps ? Say.f("chrome.leaving.words", {
            "code": page.d.code
        }) : Say.t("chrome.leaving.words_nothing")
        harmless: Say.t("chrome.leaving.stay")
        other: Say.t("chrome.leaving.leave")
        onStayed: Visit.note("leaving", "")
        onLeaving: Visit.act("leave", {})
    }
}
