pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// Signs of names and addresses, the Chinese ones first. What a screen reader says stands in the words, by position.
Column {
    id: face

    required property real unit
    required property real between
    readonly property var signs: ["·", "（", "）", "、", "，", "。", "：", "；", "《", "》", "-", "_", "/", ".", ",", ":", "@", "#", "&", "+", "“", "”", "(", ")", "'", "%", "—", "?"]
    readonly property var names: ["keyboard.sign.0", "keyboard.sign.1", "keyboard.sign.2", "keyboard.sign.3", "keyboard.sign.4", "keyboard.sign.5", "keyboard.sign.6", "keyboard.sign.7", "keyboard.sign.8", "keyboard.sign.9", "keyboard.sign.10", "keyboard.sign.11", "keyboard.sign.12", "keyboard.sign.13", "keyboard.sign.14", "keyboard.sign.15", "keyboard.sign.16", "keyboard.sign.17", "keyboard.sign.18", "keyboard.sign.19", "keyboard.sign.20", "keyboard.sign.21", "keyboard.sign.22", "keyboard.sign.23", "keyboard.sign.24", "keyboard.sign.25", "keyboard.sign.26", "keyboard.sign.27"]

    spacing: between

    Repeater {
        model: 2

        Row {
            id: line

            required property int index

            spacing: face.between

            Repeater {
                model: 10

                SignKey {
                    number: line.index * 10 + index
                }
            }
        }
    }

    Row {
        spacing: face.between

        Repeater {
            model: 8

            SignKey {
                number: 20 + index
            }
        }

        KeyButton {
            width: 2 * face.unit + face.between
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

    component SignKey: KeyButton {
        required property int index
        property int number: 0

        width: face.unit
        text: face.signs[number]
        objectName: "key_sign_" + number
        Accessible.name: Say.t(face.names[number])
        onClicked: Ime.key(text)
    }
}
