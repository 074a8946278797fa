pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// The on-screen keyboard: pinyin, Latin, digits, ID number, credit code. Candidates stand in the strip; results on the page
// follow every key, so nothing has to be chosen.
Rectangle {
    id: keyboard

    readonly property bool shown: Ime.panel !== ""
    readonly property bool letters: Ime.panel === "pinyin" || Ime.panel === "latin"
    readonly property bool code: Ime.panel === "code"
    readonly property bool turnable: Ime.firstPanel === "pinyin" || Ime.firstPanel === "latin"
    readonly property int pad: 12
    readonly property int between: 8
    readonly property real unit: (width - 2 * pad - 9 * between) / 10
    property bool more: false

    function span(n: real): real {
        return n * unit + (n - 1) * between;
    }

    visible: shown
    implicitHeight: strip.height + 4 * Theme.keyHeight + 3 * between + 20
    color: Theme.contrast ? "#FFFFFF" : "#E9E1D3"
    Accessible.role: Accessible.Pane
    Accessible.name: "keyboard"

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

        ListView {
            id: candidates

            anchors.fill: parent
            anchors.rightMargin: expand.width + 16
            orientation: ListView.Horizontal
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            model: Ime.words
            leftMargin: 8
            visible: keyboard.letters && !keyboard.more

            delegate: CandidateKey {
                required property int index
                required property var row

                height: candidates.height
                number: index + 1
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
            visible: candidates.count > 0
            quiet: true
            symbol: keyboard.more ? "chevron-up" : "chevron-down"
            objectName: "candidates_more"
            text: keyboard.more ? Say.t("keyboard.fewer") : Say.t("keyboard.more")
            onClicked: keyboard.more = !keyboard.more
        }
    }

    // --- letters ---
    Column {
        x: keyboard.pad
        y: strip.height + 10
        spacing: keyboard.between
        visible: keyboard.letters && !keyboard.more

        Row {
            spacing: keyboard.between

            Repeater {
                model: ["q", "w", "e", "r", "t", "y", "u", "i", "o", "p"]

                KeyButton {
                    required property string modelData

                    width: keyboard.unit
                    text: Ime.upper ? modelData.toUpperCase() : modelData
                    objectName: "key_" + modelData
                    onClicked: Ime.key(modelData)
                }
            }
        }

        Row {
            x: (keyboard.unit + keyboard.between) / 2
            spacing: keyboard.between

            Repeater {
                model: ["a", "s", "d", "f", "g", "h", "j", "k", "l"]

                KeyButton {
                    required property string modelData

                    width: keyboard.unit
                    text: Ime.upper ? modelData.toUpperCase() : modelData
                    objectName: "key_" + modelData
                    onClicked: Ime.key(modelData)
                }
            }
        }

        Row {
            spacing: keyboard.between

            KeyButton {
                width: keyboard.span(1.5)
                quiet: true
                visible: Ime.panel === "pinyin"
                text: Say.t("keyboard.clear")
                objectName: "key_clear"
                onClicked: Ime.clear()
            }

            KeyButton {
                width: keyboard.span(1.5)
                quiet: true
                visible: Ime.panel === "latin"
                lit: Ime.upper
                symbol: "shift"
                text: Say.t("keyboard.shift")
                objectName: "key_shift"
                onClicked: Ime.shift()
            }

            Repeater {
                model: ["z", "x", "c", "v", "b", "n", "m"]

                KeyButton {
                    required property string modelData

                    width: keyboard.unit
                    text: Ime.upper ? modelData.toUpperCase() : modelData
                    objectName: "key_" + modelData
                    onClicked: Ime.key(modelData)
                }
            }

            KeyButton {
                width: keyboard.span(1.5)
                quiet: true
                symbol: "backspace"
                text: Say.t("keyboard.back")
                objectName: "key_back"
                onClicked: Ime.back()
            }
        }

        Row {
            spacing: keyboard.between

            KeyButton {
                width: keyboard.span(1.5)
                quiet: true
                text: Say.t("keyboard.digits")
                objectName: "key_digits"
                onClicked: Ime.turn("digits")
            }

            KeyButton {
                width: keyboard.span(2)
                quiet: true
                text: Say.t("keyboard.latin")
                objectName: "key_language"
                onClicked: Ime.turn(Ime.panel === "pinyin" ? "latin" : "pinyin")
            }

            KeyButton {
                width: keyboard.span(4)
                text: Say.t("keyboard.space")
                objectName: "key_space"
                onClicked: Ime.space()
            }

            KeyButton {
                width: keyboard.span(2.5)
                quiet: true
                text: Say.t("keyboard.hide")
                objectName: "key_hide"
                onClicked: Ime.close()
            }
        }
    }

    // --- digits, phone, amount, ID number ---
    Grid {
        x: keyboard.pad
        y: strip.height + 10
        columns: 4
        spacing: keyboard.between
        visible: keyboard.shown && !keyboard.letters && !keyboard.code

        Repeater {
            model: ["1", "2", "3", "back", "4", "5", "6", "clear", "7", "8", "9", "letters", "extra", "0", "dash", "hide"]

            KeyButton {
                required property string modelData
                readonly property bool digit: modelData.length === 1
                readonly property string extra: Ime.panel === "id" ? "X" : Ime.panel === "phone" ? "" : "."

                width: keyboard.span(2.5)
                quiet: !digit
                symbol: modelData === "back" ? "backspace" : ""
                enabled: text !== ""
                text: {
                    switch (modelData) {
                    case "back":
                        return Say.t("keyboard.back");
                    case "clear":
                        return Say.t("keyboard.clear");
                    case "letters":
                        return keyboard.turnable ? Say.t("keyboard.letters") : "";
                    case "extra":
                        return extra;
                    case "dash":
                        return Ime.panel === "digits" ? "-" : "";
                    case "hide":
                        return Say.t("keyboard.hide");
                    default:
                        return modelData;
                    }
                }
                objectName: "key_" + modelData
                onClicked: {
                    switch (modelData) {
                    case "back":
                        Ime.back();
                        break;
                    case "clear":
                        Ime.clear();
                        break;
                    case "letters":
                        Ime.turn(Ime.firstPanel);
                        break;
                    case "hide":
                        Ime.close();
                        break;
                    default:
                        Ime.key(text);
                    }
                }
            }
        }
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
            width: keyboard.span(3)
            quiet: true
            text: Say.t("keyboard.clear")
            objectName: "key_clear"
            onClicked: Ime.clear()
        }

        KeyButton {
            width: keyboard.span(3)
            quiet: true
            text: Say.t("keyboard.hide")
            objectName: "key_hide"
            onClicked: Ime.close()
        }

        KeyButton {
            width: keyboard.span(3)
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
