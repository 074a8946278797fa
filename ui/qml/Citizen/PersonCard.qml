pragma ComponentBehavior: Bound

import QtQuick
import Design

// One person: entered once, with roles, contribution and phone, each with its own 修改.
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
                text: card.row.name
                font.pixelSize: Theme.slipTitle
                wrapMode: Text.NoWrap
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
            model: [["roles", card.row.rolesLabel, card.row.roles, false], ["share", card.row.shareLabel, card.row.share, false], ["phone", card.row.phoneLabel, card.row.phone, card.row.phoneMissing]]

            PersonLine {
                required property var modelData

                width: lines.width
                visible: modelData[1] !== ""
                height: visible ? implicitHeight : 0
                stacked: card.width < 700 || Theme.scale > 1.6
                last: modelData[0] === "phone"
                linkName: "edit_" + modelData[0] + "_" + card.row.ref
                label: modelData[1]
                value: modelData[2]
                lacking: modelData[3] ? card.row.lacking : ""
                onEdited: card.edited(modelData[0])
            }
        }
    }
}
