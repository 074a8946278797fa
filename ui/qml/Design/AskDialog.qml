pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// One question, two verbs of the same size; the primary is the harmless one.
Rectangle {
    id: dialog

    property string question: ""
    property string words: ""
    property string harmless: ""
    property string other: ""
    property string harmlessKey: "" // desk: the keys that do it
    property string otherKey: ""
    property bool open: false

    signal stayed
    signal leaving

    anchors.fill: parent
    visible: open
    z: 100
    color: Theme.contrast ? "#E6000000" : "#8C1B1A18"
    Accessible.role: Accessible.Dialog
    Accessible.name: question

    MouseArea {
        objectName: "dialog_scrim"
        anchors.fill: parent
        onClicked: dialog.stayed()
    }

    Rectangle {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: Look.low && dialog.height > dialog.width ? (dialog.height - height) / 2 - Theme.helpBar - 24 : 0
        width: Math.min(parent.width - 2 * Theme.margin, Theme.desk ? 620 : 936)
        height: column.implicitHeight + (Theme.desk ? 64 : 112)
        radius: 18
        color: Theme.sheet
        border.width: Theme.hairline
        border.color: Theme.edge

        MouseArea {
            anchors.fill: parent
        }

        Column {
            id: column

            anchors.centerIn: parent
            width: parent.width - (Theme.desk ? 64 : 112)
            spacing: Theme.desk ? 12 : 20

            SerifTitle {
                width: parent.width
                text: dialog.question
                font.pixelSize: Theme.px(Theme.desk ? 26 : 58)
            }

            BodyText {
                width: parent.width
                text: dialog.words
            }

            Item {
                width: 1
                height: Theme.desk ? 12 : 36
            }

            Grid {
                id: verbs

                readonly property bool stacked: Theme.scale > 1.6

                width: parent.width
                columns: stacked ? 1 : 2
                spacing: Theme.gap

                ActButton {
                    objectName: "dialog_stay"
                    width: verbs.stacked ? verbs.width : (verbs.width - Theme.gap) / 2
                    implicitHeight: Theme.primaryHeight
                    kind: "primary"
                    text: dialog.harmless
                    shortcut: dialog.harmlessKey
                    onClicked: dialog.stayed()
                }

                ActButton {
                    objectName: "dialog_leave"
                    width: verbs.stacked ? verbs.width : (verbs.width - Theme.gap) / 2
                    implicitHeight: Theme.primaryHeight
                    text: dialog.other
                    shortcut: dialog.otherKey
                    onClicked: dialog.leaving()
                }
            }
        }
    }
}
