pragma ComponentBehavior: Bound

import QtQuick

// A dashed box from the first screen on; the stamp lands here on the platform's word.
Item {
    id: place

    required property var slip
    readonly property bool sealed: slip.seal === "accepted" || slip.seal === "handed_over"

    implicitWidth: sealed ? stamp.implicitWidth : Math.max(Theme.desk ? 160 : 194, word.implicitWidth + 2 * word.font.pixelSize)
    implicitHeight: sealed ? stamp.implicitHeight + 12 : Math.max(Theme.desk ? 80 : 80, word.implicitHeight * 1.4)
    Accessible.role: Accessible.StaticText
    Accessible.name: slip.sealWords

    Drawing {
        anchors.fill: parent
        visible: !place.sealed
        body: "<rect x='2' y='2' width='" + (wide - 4) + "' height='" + (high - 4) + "' rx='" + (Theme.desk ? 12 : 16) + "' fill='none' stroke='" + Theme.edge + "' stroke-width='" + (Theme.desk ? 1.6 : 2.2) + "' stroke-dasharray='" + (Theme.desk ? "8 6" : "10 8") + "'/>"
    }

    Text {
        id: word

        anchors.centerIn: parent
        visible: !place.sealed
        text: place.slip.sealWords
        font.family: Theme.serif
        font.bold: true
        font.pixelSize: Theme.desk ? Theme.px(24) : Theme.px(34)
        color: Theme.ink3
        textFormat: Text.PlainText
        Accessible.ignored: true
    }

    Stamp {
        id: stamp

        anchors.centerIn: parent
        visible: place.sealed
        landing: place.sealed
        words: place.slip.sealWords
        at: place.slip.sealAt
    }
}
