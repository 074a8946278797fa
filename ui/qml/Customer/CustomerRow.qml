pragma ComponentBehavior: Bound

import QtQuick
import Design

// One line of the citizen's screen: the thing, its number or remedy below it, and how it stands.
Item {
    id: line

    required property var row

    // A short number stands at the right of its thing, a remedy below it.
    readonly property bool beside: more.text !== "" && row.words === "" && what.implicitWidth + more.implicitWidth + 32 < width - words.x

    implicitHeight: words.height + (Theme.elder ? 26 : 14)
    Accessible.role: Accessible.StaticText
    Accessible.name: [row.text, row.more, row.words].filter(one => one !== "").join(" ")

    Icon {
        id: mark

        anchors.verticalCenter: parent.verticalCenter
        visible: name !== ""
        name: line.row.icon
        size: Theme.icon
    }

    Column {
        id: words

        x: mark.visible ? mark.width + 20 : 0
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - x - (chip.visible ? chip.width + 20 : 0)

        BodyText {
            id: what

            width: line.beside ? implicitWidth : parent.width
            text: line.row.text
            strong: line.row.more !== "" || line.row.icon !== ""
            font.pixelSize: Theme.slipLine
            color: Theme.ink
            lineHeight: 0.9
            Accessible.ignored: true
        }

        LabelText {
            width: parent.width
            visible: more.text !== "" && !line.beside
            text: line.row.more
            color: Theme.ink2
            lineHeight: 0.9
            Accessible.ignored: true
        }
    }

    LabelText {
        id: more

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        visible: line.beside
        text: line.row.more
        wrapMode: Text.NoWrap
        color: Theme.ink2
        Accessible.ignored: true
    }

    Chip {
        id: chip

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        visible: line.row.words !== ""
        bare: true
        state2: line.row.state
        text: line.row.words
        size: Theme.px(30)
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1.5
        color: Theme.line
    }
}
