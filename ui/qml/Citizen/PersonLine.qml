import QtQuick
import Design

// One fact of a person with its 修改; label above the value where both would not stand side by side.
Item {
    id: line

    property string label: ""
    property string value: ""
    property string lacking: "" // the word for a value that is still asked for
    property bool stacked: false
    property bool last: false
    property alias linkName: link.objectName

    signal edited

    implicitHeight: Math.max(words.height + 16, link.height)
    Accessible.role: Accessible.StaticText
    Accessible.name: label + " " + value + " " + lacking

    Rectangle {
        anchors.fill: parent
        anchors.leftMargin: -18
        anchors.rightMargin: -18
        anchors.topMargin: 2
        anchors.bottomMargin: 2
        visible: line.lacking !== ""
        radius: 10
        color: Theme.stopWash
        border.width: Theme.washEdge
        border.color: Theme.stop
    }

    Grid {
        id: words

        readonly property real room: line.width - link.width - 24

        anchors.verticalCenter: parent.verticalCenter
        columns: line.stacked ? 1 : 2
        columnSpacing: 18
        verticalItemAlignment: Grid.AlignVCenter

        BodyText {
            width: line.stacked ? words.room : Theme.px(104)
            text: line.label
            font.pixelSize: Theme.slipLine
            color: line.lacking !== "" ? Theme.ink2 : Theme.ink3
            Accessible.ignored: true
        }

        Row {
            width: words.room - (line.stacked ? 0 : Theme.px(104) + 18)
            spacing: 12

            Icon {
                id: mark

                y: (Theme.slipLine * 1.45 - height) / 2
                visible: line.lacking !== ""
                name: "cross"
                strong: true
                size: Theme.px(30)
                color: Theme.stop
            }

            BodyText {
                width: parent.width - (mark.visible ? mark.width + 12 : 0)
                text: line.value
                strong: true
                font.pixelSize: Theme.slipLine
                color: line.lacking !== "" ? Theme.stop : Theme.ink
                Accessible.ignored: true
            }
        }
    }

    TextLink {
        id: link

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        text: Say.t("slip.edit")
        size: Theme.slipLine
        Accessible.name: text + " " + line.label
        onClicked: line.edited()
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hairline
        visible: !line.last && line.lacking === ""
        color: Theme.line
    }
}
