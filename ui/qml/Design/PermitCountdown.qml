pragma ComponentBehavior: Bound

import QtQuick

// How long the hand-over permit still holds: minutes, ten segments, the clock time it ends, what happens then.
Item {
    id: permit

    required property int secondsLeft
    property int secondsAll: 600
    property string ends: "" // 11:01 到期，可续一次
    readonly property bool soon: secondsLeft < 120

    implicitWidth: 292
    implicitHeight: Theme.px(25) * 2 + 18
    Accessible.role: Accessible.StaticText
    Accessible.name: Say.t("permit.title") + " " + time.text

    BodyText {
        text: permit.secondsLeft <= 0 ? Say.t("permit.over") : permit.soon ? Say.t("permit.soon") : Say.t("permit.title")
        strong: true
        font.pixelSize: Theme.label
        color: permit.soon ? Theme.wait : Theme.ink
    }

    LabelText {
        y: Theme.px(25)
        text: permit.ends
        color: Theme.ink2
    }

    Text {
        id: time

        anchors.right: parent.right
        y: -8
        text: Math.floor(permit.secondsLeft / 60).toString().padStart(2, "0") + ":" + (permit.secondsLeft % 60).toString().padStart(2, "0")
        font.family: Theme.sans
        font.bold: true
        font.pixelSize: 46
        color: permit.soon ? Theme.wait : Theme.ink
        Accessible.ignored: true
    }

    Row {
        anchors.bottom: parent.bottom
        width: parent.width
        spacing: 4

        Repeater {
            model: 10

            Rectangle {
                required property int index

                width: (permit.width - 36) / 10
                height: 6
                radius: 3
                color: index < Math.ceil(permit.secondsLeft / permit.secondsAll * 10) ? (permit.soon ? Theme.wait : Theme.act) : Theme.line
            }
        }
    }
}
