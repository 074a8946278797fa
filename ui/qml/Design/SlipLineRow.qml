pragma ComponentBehavior: Bound

import QtQuick

// One fact of the slip: label – value – state. Long values take the lines they need; nothing is ever cut.
Item {
    id: line

    required property var row
    property bool last: false
    property bool editable: false
    property int labelWidth: Theme.desk ? 84 : Theme.px(178)
    readonly property bool marked: row.state === "now" || row.state === "added" || row.state === "problem"
    readonly property color tint: marked ? Theme.stateColor(row.state) : Theme.ink

    // Where value and state do not fit side by side, the state stands below.
    readonly property bool stacked: chip.active && row.words !== "" && width - value.x - chip.implicitWidth - (link.active ? link.width + 24 : 0) < Math.min(value.implicitWidth + (Theme.desk ? 16 : 18), 9 * Theme.slipLine)

    signal edited

    implicitHeight: Math.max(Theme.desk ? 46 : Theme.px(68), Math.max(label.implicitHeight, value.implicitHeight + (stacked ? chip.implicitHeight : 0)) + (Theme.desk ? 14 : 18), link.active ? link.implicitHeight : 0)
    Accessible.role: Accessible.StaticText
    Accessible.name: row.label + " " + row.value + " " + row.words

    Rectangle {
        anchors.fill: parent
        anchors.leftMargin: Theme.desk ? -8 : -18
        anchors.rightMargin: Theme.desk ? -8 : -18
        anchors.topMargin: 2
        anchors.bottomMargin: 2
        visible: line.marked
        radius: Theme.desk ? 6 : 10
        color: Theme.stateWash(line.row.state)
        border.width: Theme.washEdge
        border.color: Theme.stateColor(line.row.state)
    }

    Text {
        id: label

        anchors.verticalCenter: parent.verticalCenter
        width: line.labelWidth
        text: line.row.label
        font.family: Theme.sans
        font.pixelSize: Theme.slipLine
        color: line.marked ? Theme.ink2 : Theme.ink3
        wrapMode: Text.Wrap
        lineHeight: 0.9
        textFormat: Text.PlainText
        Accessible.ignored: true
    }

    Text {
        id: value

        y: (parent.height - height - (line.stacked ? chip.height : 0)) / 2
        x: line.labelWidth + (Theme.desk ? 8 : 18)
        width: (line.stacked || !chip.active ? right.x : chip.x) - x - (Theme.desk ? 8 : 18)
        text: line.row.value
        font.family: Theme.sans
        font.bold: true
        font.pixelSize: Theme.slipLine
        color: line.tint
        wrapMode: Text.Wrap
        lineHeight: 0.92
        textFormat: Text.PlainText
        Accessible.ignored: true
    }

    Loader {
        id: chip

        x: line.stacked ? value.x : right.x - (right.width > 0 ? (Theme.desk ? 12 : 24) : 0) - width
        y: line.stacked ? value.y + value.height : (parent.height - height) / 2
        active: line.row.state !== "plain" && !(line.editable && line.row.state === "done")
        visible: active
        sourceComponent: Chip {
            bare: true
            state2: line.row.state
            text: line.row.words
            size: Theme.desk ? Theme.px(16) : Theme.px(30)
        }
    }

    Row {
        id: right

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter

        Loader {
            id: link

            anchors.verticalCenter: parent.verticalCenter
            active: line.editable && line.row.edit !== ""
            visible: active
            sourceComponent: TextLink {
                objectName: "edit_" + line.row.key
                text: Say.t("slip.edit")
                size: Theme.slipLine
                Accessible.name: Say.t("slip.edit") + " " + line.row.label
                onClicked: line.edited()
            }
        }
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.desk ? 1 : 1.5
        visible: !line.last && !line.marked
        color: Theme.line
    }
}
