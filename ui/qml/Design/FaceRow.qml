import QtQuick
import Bridge

// The lowest row, the same on every face that is written with: the way to every other face stands at one place.
Row {
    id: row

    required property real unit
    required property real between

    function span(n: real): real {
        return n * unit + (n - 1) * between;
    }

    spacing: between

    KeyButton {
        width: row.span(1.25)
        quiet: true
        text: Say.t("keyboard.digits")
        objectName: "key_digits"
        onClicked: Ime.turn("digits")
    }

    KeyButton {
        width: row.span(1.25)
        quiet: true
        lit: Ime.panel === "symbols"
        text: Say.t("keyboard.symbols")
        objectName: "key_symbols"
        onClicked: Ime.turn(lit ? Ime.firstPanel : "symbols")
    }

    KeyButton {
        width: row.span(1.25)
        quiet: true
        visible: Ime.writes
        lit: Ime.panel === "write"
        text: Say.t("keyboard.write")
        objectName: "key_write"
        onClicked: Ime.turn(lit ? Ime.firstPanel : "write")
    }

    KeyButton {
        width: row.span(1.25)
        quiet: true
        visible: Ime.takesApart
        lit: Ime.panel === "parts"
        text: Say.t("keyboard.parts")
        objectName: "key_parts"
        onClicked: Ime.turn(lit ? Ime.firstPanel : "parts")
    }

    KeyButton {
        width: row.span(2 + (Ime.writes ? 0 : 1.25) + (Ime.takesApart ? 0 : 1.25))
        text: Say.t("keyboard.space")
        objectName: "key_space"
        onClicked: Ime.space()
    }

    KeyButton {
        width: row.span(1.5)
        quiet: true
        text: Say.t("keyboard.latin")
        objectName: "key_language"
        onClicked: Ime.turn(Ime.panel === "pinyin" ? "latin" : "pinyin")
    }

    KeyButton {
        width: row.span(1.5)
        quiet: true
        text: Say.t("keyboard.hide")
        objectName: "key_hide"
        onClicked: Ime.close()
    }
}
