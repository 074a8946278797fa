pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// The frame of every citizen's step: the viewmodel's question and banners, the two dialogs, and what a touch does.
KioskPage {
    id: page

    // What goes with an action, where the action needs more than its name.
    property var payloads: ({})
    // Height of content that belongs within reach: it is moved down until it stands above the actions.
    property real low: 0
    // Lying panels are wide and low: two columns where the text leaves room for them.
    readonly property int halves: lying && !beside ? 2 : 1
    // Large text in one column: what is read scrolls by itself, above what is done.
    readonly property bool readsFirst: Theme.elder && halves === 1 && !lowered
    // Whether anything stands above the content that has to be said first.
    readonly property bool told: banners.count > 0
    // Height that the banners take from the content.
    readonly property real saidHeight: said.visible ? said.height + spacing : 0
    readonly property real halfWidth: (bodyWidth - (halves - 1) * Theme.s5) / halves

    // An action of the page's fixed place: said to the visit, then the notes that it leaves behind.
    function act(name: string): void {
        const notes = page.d.then[name] ?? {};
        Visit.act(name, page.payloads[name] ?? {});
        Visit.keep(notes);
    }

    // A row of a list: what it says, what it leaves behind, or both.
    function tap(row: var): void {
        const sets = row.sets;
        if (row.act !== "")
            Visit.act(row.act, row.value);
        Visit.keep(sets);
    }

    spacing: lying ? Theme.s2 : Theme.s3
    title: d.question
    lead: d.lead
    step: d.step
    steps: d.step > 0 ? d.steps : 0
    slipShown: d.slipShown
    helpCalled: d.helped

    Column {
        id: said

        width: page.bodyWidth
        visible: banners.count > 0
        spacing: page.spacing

        Repeater {
            id: banners

            model: page.view.rows("banners")

            Banner {
                required property var row

                objectName: "banner_" + row.key
                width: page.bodyWidth
                state2: row.state
                symbol: row.icon !== "" ? row.icon : Theme.stateIcon(row.state)
                what: row.what
                todo: row.todo
                small: row.small
                actionText: row.button
                actionName: row.key.startsWith("finding.") ? "mend_" + row.key.slice(8) : "banner_" + row.act
                onActed: page.act(row.act)
            }
        }
    }

    Item {
        width: 1
        height: Math.max(0, page.bodyHeight - page.low - page.saidHeight - Theme.s6)
        visible: page.low > 0 && !page.lying && Theme.scale < 1.6 && height > 0
    }

    Loader {
        parent: page
        anchors.fill: parent
        z: 100
        active: page.d.idle
        sourceComponent: AskDialog {
            open: true
            question: Say.t("chrome.idle.title")
            words: Say.f(page.d.keeps ? "chrome.idle.words" : "chrome.idle.words_nothing", {
                "n": Visit.idleLeft
            })
            harmless: Say.t("chrome.idle.stay")
            other: Say.t("chrome.idle.leave")
            onStayed: Visit.act("touched", {})
            onLeaving: Visit.act("leave", {})
        }
    }

    Loader {
        parent: page
        anchors.fill: parent
        z: 100
        active: page.d.leaving && !page.d.idle
        sourceComponent: AskDialog {
            open: true
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
}
