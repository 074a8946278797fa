pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// The bar above the clerk's screen: whose hall, window and clerk it is, how platform and devices are, the time.
Rectangle {
    id: top

    property string staff: ""

    height: 56
    color: Theme.sheet

    Row {
        x: 24
        height: parent.height
        spacing: 16

        Mark {
            anchors.verticalCenter: parent.verticalCenter
        }

        BodyText {
            anchors.verticalCenter: parent.verticalCenter
            text: Say.t("brand")
            strong: true
            font.pixelSize: 20
            color: Theme.ink
            wrapMode: Text.NoWrap
        }

        LabelText {
            anchors.verticalCenter: parent.verticalCenter
            wrapMode: Text.NoWrap
            font.pixelSize: Math.min(19, Theme.label)
            text: [Visit.hall, Visit.window, top.staff].filter(t => t !== "").join("　")
            color: Theme.ink2
        }

        Chip {
            anchors.verticalCenter: parent.verticalCenter
            visible: Theme.training
            state2: "wait"
            symbol: ""
            text: Say.t("training")
            size: 16
        }
    }

    Row {
        anchors.right: parent.right
        anchors.rightMargin: 24
        height: parent.height
        spacing: 26

        Repeater {
            model: Visit.view().rows("status")

            Chip {
                required property var row

                anchors.verticalCenter: parent?.verticalCenter
                bare: true
                state2: row.state
                symbol: row.icon
                text: row.text
                size: Math.min(19, Theme.label)
            }
        }

        BodyText {
            anchors.verticalCenter: parent.verticalCenter
            text: Visit.timeWithSeconds
            strong: true
            font.pixelSize: 19
            color: Theme.ink
        }
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.line
    }
}
