pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// Letters: pinyin, the names of parts, Latin.
Column {
    id: face

    required property real unit
    required property real between

    spacing: between

    Row {
        spacing: face.between

        Repeater {
            model: ["q", "w", "e", "r", "t", "y", "u", "i", "o", "p"]

            LetterKey {}
        }
    }

    Row {
        x: (face.unit + face.between) / 2
        spacing: face.between

        Repeater {
            model: ["a", "s", "d", "f", "g", "h", "j", "k", "l"]

            LetterKey {}
        }
    }

    Row {
        spacing: face.between

        KeyButton {
            width: 1.5 * face.unit + 0.5 * face.between
            quiet: true
            visible: Ime.panel !== "latin"
            text: Say.t("keyboard.clear")
            objectName: "key_clear"
            onClicked: Ime.clear()
        }

        KeyButton {
            width: 1.5 * face.unit + 0.5 * face.between
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

            LetterKey {}
        }

        KeyButton {
            width: 1.5 * face.unit + 0.5 * face.between
            quiet: true
            symbol: "backspace"
            text: Say.t("keyboard.back")
            objectName: "key_back"
            onClicked: Ime.back()
        }
    }

    FaceRow {
        unit: face.unit
        between: face.between
    }

    component LetterKey: KeyButton {
        required property string modelData

        width: face.unit
        text: Ime.upper ? modelData.toUpperCase() : modelData
        objectName: "key_" + modelData
        onClicked: Ime.key(modelData)
    }
}
