pragma ComponentBehavior: Bound

import QtQuick

// A value whose differing characters are underlined. parts: list of {text, wrong}.
Flow {
    id: diff

    required property var parts
    property color color: Theme.stop

    Repeater {
        model: diff.parts

        Text {
            required property var modelData

            text: modelData.text
            font.family: Theme.sans
            font.bold: modelData.wrong
            font.underline: modelData.wrong
            font.pixelSize: Theme.body
            color: diff.color
            textFormat: Text.PlainText
        }
    }
}
