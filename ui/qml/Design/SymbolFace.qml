pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// Signs of names and addresses, the Chinese ones first. What a screen reader says stands in the words, by position.
Column {
    id: face

    required property real unit
    required property real between
    readonly property var signs: ["·", "（", "）", "、", "，", "。", "：", "；", "《", "》", "-", "_", "/", ".", ",", ":", "@", "#", "&", "+", "“", "”", "(", ")", "'", "%", "—", "?"]

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
        Accessible.name: Say.t("keyboard.sign." + number)
        onClicked: Ime.key(text)
    }
}
