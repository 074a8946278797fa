import QtQuick
import Design

// One thing that must be true of the person at the window: icon, word, and why.
Item {
    id: fact

    required property var row

    implicitHeight: words.height
    Accessible.role: Accessible.StaticText
    Accessible.name: row.text + " " + row.more

    Icon {
        id: mark

        y: 2
        name: Theme.stateIcon(fact.row.state)
        size: Theme.px(22)
        strong: true
        color: Theme.stateColor(fact.row.state)
    }

    Column {
        id: words

        x: mark.width + 12
        width: parent.width - x

        BodyText {
            width: parent.width
            text: fact.row.text
            strong: true
            color: Theme.stateColor(fact.row.state)
            Accessible.ignored: true
        }

        LabelText {
            width: parent.width
            visible: text !== ""
            text: fact.row.more
            color: Theme.ink2
            Accessible.ignored: true
        }
    }
}
