pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic

// One press, one act. kind: primary | seal | secondary | quiet. Disabled, the label says what is missing;
// busy, it keeps its width and says what runs.
AbstractButton {
    id: button

    property string kind: "secondary"
    property string symbol: ""
    property string missing: ""
    property bool busy: false
    property string busyText: ""
    property string shortcut: ""
    property bool serif: false
    property int letters: serif ? Theme.px(Theme.desk ? 24 : 56) : filled ? Theme.primary : Theme.button
    // A full-width action reads from the left and points to the right.
    property bool wide: false
    readonly property bool filled: kind === "primary" || kind === "seal"
    readonly property string words: !enabled && missing !== "" ? missing : busy && busyText !== "" ? busyText : text
    readonly property color tint: !enabled ? Theme.ink3 : filled ? Theme.onFill : Theme.act

    implicitHeight: Math.max(kind === "primary" || kind === "seal" ? Theme.primaryHeight : Theme.secondaryHeight, content.implicitHeight + 24)
    implicitWidth: Math.max(Theme.target, content.implicitWidth + (Theme.desk ? 40 : 72))
    horizontalPadding: Theme.desk ? 12 : 16
    focusPolicy: Theme.desk ? Qt.StrongFocus : Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: button.words
    Accessible.onPressAction: if (button.enabled && !button.busy)
        button.clicked()

    background: Rectangle {
        radius: button.kind === "primary" || button.kind === "seal" ? Theme.radiusPrimary : Theme.radiusButton
        color: {
            if (!button.enabled)
                return button.kind === "quiet" ? "transparent" : Theme.wash;
            switch (button.kind) {
            case "primary":
                return button.down ? Theme.actDown : Theme.act;
            case "seal":
                return button.down ? Theme.sealDown : Theme.seal;
            case "quiet":
                return button.down ? Theme.wash : "transparent";
            default:
                return button.down ? Theme.actWash : Theme.sheet;
            }
        }
        border.width: button.enabled ? (button.kind === "secondary" ? Theme.pressable : 0) : button.kind === "quiet" ? 0 : Theme.hairline
        border.color: button.enabled ? Theme.act : Theme.contrast ? Theme.edge : Theme.line

        FocusRing {
            target: parent as Item
            visible: button.visualFocus
        }
    }

    contentItem: Item {
        id: content

        implicitWidth: line.implicitWidth
        implicitHeight: label.implicitHeight

        Row {
            id: line

            readonly property int gap: Theme.desk ? 10 : 18

            anchors.verticalCenter: parent.verticalCenter
            x: button.wide ? (Theme.desk ? 8 : Theme.s4) : Math.max(0, (content.width - width) / 2)
            spacing: gap

            Icon {
                id: mark

                anchors.verticalCenter: parent.verticalCenter
                visible: name !== "" && !(button.wide && name.startsWith("arrow-"))
                name: button.busy ? "busy" : button.symbol
                size: Math.round(label.font.pixelSize * 1.1)
                color: button.tint

                Timer {
                    running: button.busy && !Theme.still && button.visible
                    repeat: true
                    interval: Theme.waitStep / 2
                    onTriggered: mark.rotation = (mark.rotation + 45) % 360
                    onRunningChanged: mark.rotation = 0
                }
            }

            Text {
                id: label

                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, content.width - (mark.visible ? mark.width + line.gap : 0) - (cap.visible ? cap.width + line.gap : 0) - (button.wide ? 2 * Theme.s4 + arrow.width : 0))
                text: button.words
                font.family: button.serif ? Theme.serif : Theme.sans
                font.bold: true
                font.pixelSize: button.letters
                color: button.tint
                wrapMode: Text.Wrap
                lineHeight: 0.92
                horizontalAlignment: button.wide ? Text.AlignLeft : Text.AlignHCenter
                textFormat: Text.PlainText
                Accessible.ignored: true
            }

            KeyCap {
                id: cap

                anchors.verticalCenter: parent.verticalCenter
                visible: button.shortcut !== "" && Theme.desk
                text: button.shortcut
                onDark: button.filled && button.enabled
                color2: button.tint
            }
        }

        Icon {
            id: arrow

            anchors.right: parent.right
            anchors.rightMargin: Theme.desk ? 4 : Theme.s4
            anchors.verticalCenter: parent.verticalCenter
            visible: button.wide && button.symbol.startsWith("arrow-") && button.enabled && !button.busy
            name: button.symbol
            size: Theme.desk ? 22 : 52
            color: button.tint
        }
    }

    // While it runs, the press has already been heard.
    MouseArea {
        anchors.fill: parent
        visible: button.busy
    }
}
