import QtQuick
import Design

// One fact of a page: an icon, what it is, and what there is to say about it; wraps, never cut.
Item {
    id: fact

    property string symbol: ""
    property string text: ""
    property string detail: ""
    property bool last: false
    property color tint: Theme.ink
    // Side by side as long as both are one line and fit into one.
    readonly property bool beside: fact.text !== "" && fact.detail.indexOf("\n") < 0 && name.implicitWidth + note.implicitWidth + Theme.s4 <= words.width

    property int least: Theme.px(86)

    implicitHeight: Math.max(least, words.height + 28)
    Accessible.role: Accessible.StaticText
    Accessible.name: text + " " + detail

    Icon {
        id: mark

        y: fact.beside ? (fact.height - height) / 2 : words.y + 4
        visible: name !== ""
        name: fact.symbol
        size: Theme.icon
        color: fact.tint
    }

    Item {
        id: words

        x: fact.symbol !== "" ? mark.width + Theme.s3 : 0
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - x
        height: fact.beside || fact.detail === "" ? name.height : (fact.text === "" ? 0 : name.height) + note.height

        BodyText {
            id: name

            width: fact.beside ? implicitWidth : parent.width
            visible: text !== ""
            text: fact.text
            strong: true
            color: fact.tint
            Accessible.ignored: true
        }

        BodyText {
            id: note

            y: fact.beside ? (name.height - height) / 2 : fact.text === "" ? 0 : name.height
            x: fact.beside ? parent.width - width : 0
            width: fact.beside ? implicitWidth : parent.width
            visible: text !== ""
            text: fact.detail
            font.pixelSize: Theme.slipLine
            Accessible.ignored: true
        }
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hairline
        visible: !fact.last
        color: Theme.line
    }
}
