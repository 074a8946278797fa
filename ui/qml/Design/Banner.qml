pragma ComponentBehavior: Bound

import QtQuick

// What is, and what to do: one sentence each. Pushes the content, never covers it.
Rectangle {
    id: banner

    // wait | stop | ok | now
    property string state2: "wait"
    property string symbol: Theme.stateIcon(state2)
    property string what: ""
    property string todo: ""
    property string small: "" // a fault's code, behind the remedy
    property string actionText: ""
    property string actionName: "banner_action"
    property string shortcut: ""

    signal acted

    // In the largest text the button stands below the words, not beside them.
    readonly property bool stacked: button.visible && Theme.scale > 1.6 && width < 1000

    implicitHeight: (stacked ? words.implicitHeight + button.implicitHeight + 16 : Math.max(words.implicitHeight, button.visible ? button.implicitHeight : 0)) + (Theme.desk ? 28 : 40)
    color: Theme.stateWash(state2)
    radius: Theme.desk ? 6 : 10
    border.width: Theme.washEdge
    border.color: Theme.stateColor(state2)
    Accessible.role: Accessible.AlertMessage
    Accessible.name: what + " " + todo

    Rectangle {
        width: Theme.desk ? 6 : 8
        height: parent.height
        radius: width / 2
        color: Theme.stateColor(banner.state2)
    }

    Icon {
        id: mark

        x: Theme.desk ? 24 : 40
        y: words.y + (Theme.desk ? 1 : 6)
        visible: name !== ""
        name: banner.symbol
        size: Theme.iconSmall
        strong: true
        color: Theme.stateColor(banner.state2)
    }

    Column {
        id: words

        x: mark.visible ? mark.x + mark.width + (Theme.desk ? 12 : 22) : mark.x
        y: banner.stacked ? 20 : (parent.height - height) / 2
        width: parent.width - x - (button.visible && !banner.stacked ? button.width + 48 : 28)

        BodyText {
            width: parent.width
            text: banner.what
            strong: true
            color: Theme.stateColor(banner.state2)
        }

        BodyText {
            width: parent.width
            visible: text !== ""
            text: banner.todo
            font.pixelSize: Theme.desk ? Theme.label : Theme.slipLine
            color: Theme.ink
        }

        LabelText {
            width: parent.width
            visible: text !== ""
            text: banner.small
            font.pixelSize: Theme.px(Theme.desk ? 13 : 22)
            color: Theme.ink2
        }
    }

    ActButton {
        id: button

        objectName: banner.actionName
        anchors.right: parent.right
        anchors.rightMargin: Theme.desk ? 16 : 28
        y: banner.stacked ? parent.height - height - 20 : (parent.height - height) / 2
        visible: banner.actionText !== ""
        text: banner.actionText
        shortcut: banner.shortcut
        onClicked: banner.acted()
    }
}
