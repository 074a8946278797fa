pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick

// Names of the keys that a clerk acts with, as they stand on the key caps.
QtObject {
    readonly property var named: ({
            [Qt.Key_Return]: "Enter",
            [Qt.Key_Enter]: "Enter",
            [Qt.Key_Escape]: "Esc",
            [Qt.Key_Up]: "Up",
            [Qt.Key_Down]: "Down",
            [Qt.Key_Left]: "Left",
            [Qt.Key_Right]: "Right",
            [Qt.Key_PageUp]: "PgUp",
            [Qt.Key_PageDown]: "PgDn",
            [Qt.Key_Space]: "Space",
            [Qt.Key_Delete]: "Del",
            [Qt.Key_Backspace]: "Backspace"
        })

    function name(key: int, modifiers: int, text: string): string {
        let plain = "";
        if (key >= Qt.Key_F1 && key <= Qt.Key_F12)
            plain = "F" + (key - Qt.Key_F1 + 1);
        else if (named[key] !== undefined)
            plain = named[key];
        else if (/^[0-9a-z]$/i.test(text))
            plain = text.toUpperCase();
        else if (modifiers & Qt.ControlModifier && key >= Qt.Key_A && key <= Qt.Key_Z)
            plain = String.fromCharCode(key);
        if (plain === "")
            return "";
        return (modifiers & Qt.ControlModifier ? "Ctrl+" : "") + plain;
    }
}
