pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic

// The whole row is the target. Picked rows say 已选 on their wash; the others say 选它.
AbstractButton {
    id: choice

    property string detail: ""
    property string detailState: "" // ok | duty | wait | stop
    property bool picked: false
    property string pickWords: Say.t("choice.pick")
    property string pickedWords: Say.t("choice.picked")
    property string symbol: ""
    property string pickSymbol: "plus" // what choosing does: take it in, or open it
    // What of the text answers the search, underlined: start and length.
    property int hitStart: 0
    property int hitLength: 0
    property bool last: false

    function plain(part: string): string {
        return part.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
    }

    function underlined(): string {
        const end = hitStart + hitLength;
        return plain(text.slice(0, hitStart)) + "<u>" + plain(text.slice(hitStart, end)) + "</u>" + plain(text.slice(end));
    }

    implicitHeight: Math.max(Theme.desk ? 56 : Theme.px(120), words.implicitHeight + 20)
    focusPolicy: Theme.desk ? Qt.StrongFocus : Qt.TabFocus
    checkable: false
    Accessible.role: Accessible.RadioButton
    Accessible.name: text + " " + detail + " " + (picked ? pickedWords : pickWords)
    Accessible.checked: picked
    Accessible.onPressAction: choice.clicked()

    background: Rectangle {
        color: choice.down ? Theme.actWash : "transparent"

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.hairline
            visible: !choice.last
            color: Theme.line
        }

        FocusRing {
            target: parent as Item
            visible: choice.visualFocus
        }
    }

    contentItem: Item {
        Icon {
            id: mark

            anchors.verticalCenter: parent.verticalCenter
            visible: name !== ""
            name: choice.symbol
            size: Theme.px(Theme.desk ? 24 : 48)
            color: Theme.ink
        }

        Column {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            x: mark.visible ? mark.width + (Theme.desk ? 14 : 28) : 0
            width: parent.width - x - badge.width - (Theme.desk ? 16 : 20)
            spacing: 0

            Text {
                width: parent.width
                text: choice.hitLength > 0 ? choice.underlined() : choice.text
                font.family: Theme.sans
                font.bold: true
                font.pixelSize: Theme.value
                color: Theme.ink
                lineHeight: 0.9
                wrapMode: Text.Wrap
                textFormat: choice.hitLength > 0 ? Text.StyledText : Text.PlainText
                Accessible.ignored: true
            }

            Row {
                width: parent.width
                visible: choice.detail !== "" && choice.detailState !== ""
                spacing: Theme.px(Theme.desk ? 5 : 10)

                Icon {
                    id: duty

                    y: (note.font.pixelSize * 1.45 - height) / 2
                    name: Theme.stateIcon(choice.detailState)
                    size: Math.round(note.font.pixelSize * 1.05)
                    strong: true
                    color: Theme.stateColor(choice.detailState)
                }

                LabelText {
                    id: note

                    width: parent.width - duty.width - parent.spacing
                    text: choice.detail
                    strong: true
                    font.pixelSize: Theme.px(Theme.desk ? 16 : 30)
                    color: Theme.stateColor(choice.detailState)
                    Accessible.ignored: true
                }
            }

            LabelText {
                width: parent.width
                visible: text !== "" && choice.detailState === ""
                text: choice.detail
                color: Theme.ink2
                Accessible.ignored: true
            }
        }

        Rectangle {
            id: badge

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            width: Math.max(Theme.desk ? 96 : 196, line.implicitWidth + (Theme.desk ? 24 : 48))
            height: Theme.desk ? 40 : Theme.target
            radius: Theme.radiusField
            color: choice.picked ? Theme.okWash : choice.down ? Theme.actWash : Theme.sheet
            border.width: choice.picked ? Theme.washEdge : Theme.pressable
            border.color: choice.picked ? Theme.ok : Theme.act

            Row {
                id: line

                anchors.centerIn: parent
                spacing: Theme.desk ? 8 : 16

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: choice.picked ? "check" : choice.pickSymbol
                    size: Theme.px(Theme.desk ? 18 : 36)
                    strong: true
                    color: choice.picked ? Theme.ok : Theme.act
                }

                Text {
                    anchors.verticalCenter: parent.verticalCenter
                    text: choice.picked ? choice.pickedWords : choice.pickWords
                    font.family: Theme.sans
                    font.bold: true
                    font.pixelSize: Theme.button
                    color: choice.picked ? Theme.ok : Theme.act
                    Accessible.ignored: true
                }
            }
        }
    }
}
