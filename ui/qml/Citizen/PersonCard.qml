pragma ComponentBehavior: Bound

import QtQuick
import Design

// One person or one company: entered once; each of its lines with its own 修改.
Rectangle {
    id: card

    required property var row

    signal edited(string part)
    signal dropped

    implicitHeight: lines.height + 48
    radius: Theme.radiusField
    color: Theme.sheet
    border.width: Theme.hairline
    border.color: Theme.contrast ? Theme.edge : Theme.line

    Column {
        id: lines

        x: 32
        y: 24
        width: parent.width - 64

        Item {
            width: parent.width
            height: Math.max(name.height, drop.visible ? drop.height : 0) + 6

            SerifTitle {
                id: name

                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, parent.width - (drop.visible ? drop.width + 16 : 0))
                text: card.row.name
                font.pixelSize: Theme.slipTitle
                wrapMode: Text.Wrap
            }

            LabelText {
                anchors.verticalCenter: parent.verticalCenter
                x: name.width + 24
                width: parent.width - x - (drop.visible ? drop.width + 16 : 0)
                text: card.row.aside
            }

            TextLink {
                id: drop

                objectName: "drop_" + card.row.ref
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                visible: text !== ""
                text: card.row.drop
                size: Theme.slipLine
                onClicked: card.dropped()
            }
        }

        Repeater {
            model: card.row.lines

            PersonLine {
                required property var modelData
                required property int index

                width: lines.width
                stacked: card.width < 700 || Theme.scale > 1.6
                last: index === card.row.lines.length - 1
                linkName: "edit_" + modelData.part + "_" + card.row.ref
                label: modelData.label
                value: modelData.value
                lacking: modelData.missing ? card.row.lacking : ""
                onEdited: card.edited(modelData.part)
            }
        }
    }
}
