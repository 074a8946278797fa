pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// Digits, a phone number, an amount, an ID number with X.
Grid {
    id: face

    required property real unit
    required property real between
    required property bool turnable

    columns: 4
    spacing: between

    Repeater {
        model: ["1", "2", "3", "back", "4", "5", "6", "clear", "7", "8", "9", "letters", "extra", "0", "dash", "hide"]

        KeyButton {
            required property string modelData
            readonly property bool digit: modelData.length === 1
            readonly property string extra: Ime.panel === "id" ? "X" : Ime.panel === "phone" ? "" : "."

            width: 2.5 * face.unit + 1.5 * face.between
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
                    return face.turnable ? Say.t("keyboard.letters") : "";
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
