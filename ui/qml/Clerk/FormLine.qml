pragma ComponentBehavior: Bound

import QtQuick
import Design

// One line of the form on the desk: what is asked, what stands there, what is wrong with it. The line at hand is open
// for the keys; only one that is typed into has a field.
Item {
    id: line

    required property var row
    readonly property int labelWidth: Theme.px(116)
    readonly property Field field: typing.item as Field

    signal reached(real y, real height) // it came to hand
    signal chosen
    signal edited(string text)

    function take(): void {
        if (line.row.types && line.field)
            line.field.take();
    }

    function reach(): void {
        if (line.row.at)
            line.reached(line.y, line.height);
    }

    width: parent ? (parent as Item).width : 0
    height: (heading.visible ? heading.height + 6 : 0) + body.height + 2
    objectName: "line_" + row.key
    Accessible.role: Accessible.ListItem
    Accessible.name: [row.head, row.label, row.value, row.aside, row.words].filter(t => t !== "").join(" ")
    Accessible.onPressAction: line.chosen()
    onRowChanged: Qt.callLater(line.reach)

    LabelText {
        id: heading

        y: 4
        visible: text !== ""
        text: line.row.head
        strong: true
        color: Theme.ink
        wrapMode: Text.NoWrap
    }

    Item {
        id: body

        y: heading.visible ? heading.height + 6 : 0
        width: parent.width
        height: Math.max(Theme.px(34), above + (words.visible ? words.height + 6 : 4))

        readonly property real above: Math.max(value.visible ? value.y + value.height : 0, label.y + label.height, typing.active ? typing.y + typing.height : 0, state.visible ? state.y + state.height : 0)

        Rectangle {
            anchors.fill: parent
            visible: line.row.at || line.row.wrong
            radius: 6
            color: line.row.at ? Theme.actWash : Theme.stopWash
            border.width: line.row.at ? 2 : Theme.washEdge
            border.color: line.row.at ? Theme.act : Theme.stop
        }

        MouseArea {
            anchors.fill: parent
            onClicked: line.chosen()
        }

        LabelText {
            id: label

            x: 10
            y: 6
            width: line.labelWidth - 12
            text: line.row.label
            color: line.row.at ? Theme.ink : Theme.ink2
        }

        BodyText {
            id: value

            x: line.labelWidth + 8
            y: 4
            width: parent.width - x - state.width - 22
            visible: !line.row.types
            text: line.row.value
            strong: true
            color: Theme.ink
        }

        Loader {
            id: typing

            x: line.labelWidth
            y: 3
            width: parent.width - x - 6
            active: line.row.types
            sourceComponent: Field {
                objectName: "entry"
                kind: line.row.kind
                value: line.row.text
                hint: line.row.searches && line.row.value !== "" ? line.row.value : line.row.hint
                unit: line.row.unit
                maximum: line.row.most
                symbol: line.row.searches ? "search" : ""
                state2: line.row.wrong ? "error" : ""
                aside: line.row.searches ? "" : line.row.aside
                tabStop: false
                Accessible.name: line.row.label
                onEdited: text => line.edited(text)
                Component.onCompleted: {
                    take();
                    select();
                }
            }
        }

        Chip {
            id: state

            x: parent.width - width - 10
            y: 6
            visible: !line.row.types && (line.row.aside !== "" || line.row.state === "wait" || line.row.state === "stop")
            bare: true
            state2: line.row.state === "" || line.row.state === "ok" ? "ok" : line.row.state
            symbol: line.row.state === "ok" || line.row.state === "" ? "" : Theme.stateIcon(line.row.state)
            text: line.row.aside
            size: Theme.px(15)
        }

        LabelText {
            id: words

            x: line.labelWidth + 8
            y: body.above
            width: parent.width - x - 10
            visible: text !== ""
            text: line.row.words
            color: line.row.state === "stop" ? Theme.stop : Theme.ink2
        }
    }
}
