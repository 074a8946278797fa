pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// One of several: weathers, paces of the clock.
Column {
    id: choices

    required property Rows rows
    property string title: ""

    signal chosen(string name)

    spacing: 8
    visible: repeater.count > 0

    BodyText {
        text: choices.title
        strong: true
        color: Theme.ink
    }

    Flow {
        width: parent.width
        spacing: 8

        Repeater {
            id: repeater

            model: choices.rows

            ActButton {
                required property var row

                objectName: row.key
                implicitHeight: 40
                implicitWidth: contentItem.implicitWidth + 28
                symbol: row.on ? "check" : ""
                text: row.text
                onClicked: choices.chosen(row.key)
            }
        }
    }
}
