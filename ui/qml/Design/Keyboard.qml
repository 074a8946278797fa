pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// The on-screen keyboard: pinyin, handwriting, parts, Latin, symbols, digits, ID number, credit code. Candidates stand in
// the strip; results on the page follow every key and every stroke, so nothing has to be chosen.
Rectangle {
    id: keyboard

    readonly property bool shown: Ime.panel !== ""
    readonly property bool letters: Ime.panel === "pinyin" || Ime.panel === "latin" || Ime.panel === "parts"
    readonly property bool code: Ime.panel === "code"
    readonly property bool turnable: Ime.firstPanel === "pinyin" || Ime.firstPanel === "latin"
    readonly property int pad: 12
    readonly property int between: 8
    readonly property real unit: (width - 2 * pad - 9 * between) / 10
    property bool more: false

    visible: shown
    implicitHeight: strip.height + 4 * Theme.keyHeight + 3 * between + 20
    color: Theme.contrast ? "#FFFFFF" : "#E9E1D3"
    Accessible.role: Accessible.Pane
    Accessible.name: Say.t("keyboard.name")

    Connections {
        target: Ime

        function onChanged(): void {
            if (Ime.typed === "")
                keyboard.more = false;
        }
    }

    // Touches between keys belong to the keyboard, not to the page behind it.
    MouseArea {
        anchors.fill: parent
    }

    Rectangle {
        id: strip

        width: parent.width
        height: Theme.strip
        color: Theme.sheet

        Rectangle {
            width: parent.width
            height: Theme.hairline
            color: Theme.line
        }

        LabelText {
            objectName: "keyboard_hint"
            x: 24
            width: parent.width - 48
            anchors.verticalCenter: parent.verticalCenter
            visible: text !== "" && candidates.count === 0
            text: Ime.panel === "parts" && Ime.typed === "" ? Say.t("keyboard.parts_hint") : Ime.panel === "parts" ? Say.t("keyboard.parts_none") : Ime.panel === "write" ? Say.t("keyboard.write_hint") : ""
            font.pixelSize: Math.min(Theme.label, 44)
        }

        ListView {
            id: candidates

            anchors.fill: parent
            anchors.rightMargin: expand.visible ? expand.width + 16 : 8
            orientation: ListView.Horizontal
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            model: Ime.words
            leftMargin: 8
            visible: (keyboard.letters || Ime.panel === "write") && !keyboard.more

            delegate: CandidateKey {
                required property int index
                required property var row

                height: candidates.height
                // Ten readings of a drawing stand side by side, all in sight.
                width: Ime.panel === "write" ? (strip.width - 16) / 10 : implicitWidth
                number: Ime.panel === "write" ? 0 : index + 1
                word: row.word
                best: index === 0
                objectName: "candidate_" + index
                onClicked: Ime.choose(index)
            }
        }

        KeyButton {
            id: expand

            anchors.right: parent.right
            anchors.rightMargin: 8
            anchors.verticalCenter: parent.verticalCenter
            width: 96
            height: parent.height - 16
            visible: candidates.count > 0 && Ime.panel !== "write"
            quiet: true
            symbol: keyboard.more ? "chevron-up" : "chevron-down"
            objectName: "candidates_more"
            text: keyboard.more ? Say.t("keyboard.fewer") : Say.t("keyboard.more")
            onClicked: keyboard.more = !keyboard.more
        }
    }

    LetterFace {
        x: keyboard.pad
        y: strip.height + 10
        unit: keyboard.unit
        between: keyboard.between
        visible: keyboard.letters && !keyboard.more
    }

    WritingFace {
        x: keyboard.pad
        y: strip.height + 10
        unit: keyboard.unit
        between: keyboard.between
        visible: Ime.panel === "write"
    }

    SymbolFace {
        x: keyboard.pad
        y: strip.height + 10
        unit: keyboard.unit
        between: keyboard.between
        visible: Ime.panel === "symbols"
    }

    NumberFace {
        x: keyboard.pad
        y: strip.height + 10
        unit: keyboard.unit
        between: keyboard.between
        turnable: keyboard.turnable
        visible: keyboard.shown && !keyboard.letters && !keyboard.code && Ime.panel !== "write" && Ime.panel !== "symbols"
    }

    // --- the credit code: digits, and the letters that it may have (no I, O, S, V, Z) ---
    Grid {
        x: keyboard.pad
        y: strip.height + 10
        columns: 10
        spacing: keyboard.between
        visible: keyboard.code

        Repeater {
            model: keyboard.code ? "1234567890ABCDEFGHJKLMNPQRTUWX".split("") : []

            KeyButton {
                required property string modelData

                width: keyboard.unit
                text: modelData
                objectName: "key_" + modelData
                onClicked: Ime.key(modelData)
            }
        }
    }

    Row {
        x: keyboard.pad
        y: strip.height + 10 + 3 * (Theme.keyHeight + keyboard.between)
        spacing: keyboard.between
        visible: keyboard.code

        KeyButton {
            width: keyboard.unit
            text: "Y"
            objectName: "key_Y"
            onClicked: Ime.key("Y")
        }

        KeyButton {
            width: 3 * keyboard.unit + 2 * keyboard.between
            quiet: true
            text: Say.t("keyboard.clear")
            objectName: "key_clear"
            onClicked: Ime.clear()
        }

        KeyButton {
            width: 3 * keyboard.unit + 2 * keyboard.between
            quiet: true
            text: Say.t("keyboard.hide")
            objectName: "key_hide"
            onClicked: Ime.close()
        }

        KeyButton {
            width: 3 * keyboard.unit + 2 * keyboard.between
            quiet: true
            symbol: "backspace"
            text: Say.t("keyboard.back")
            objectName: "key_back"
            onClicked: Ime.back()
        }
    }

    // --- all candidates ---
    Flickable {
        y: strip.height
        width: parent.width
        height: parent.height - strip.height
        visible: keyboard.more
        contentHeight: all.height + 16
        clip: true

        Flow {
            id: all

            x: 8
            y: 8
            width: parent.width - 16
            spacing: 8

            Repeater {
                model: keyboard.more ? Ime.words : null

                CandidateKey {
                    required property int index
                    required property var row

                    height: 96
                    word: row.word
                    boxed: true
                    objectName: "more_" + index
                    onClicked: {
                        keyboard.more = false;
                        Ime.choose(index);
                    }
                }
            }
        }
    }
}
