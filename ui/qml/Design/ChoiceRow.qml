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
    // What of the text answers the search, underlined: start and length.
    property int hitStart: 0
    property int hitLength: 0
    property bool last: false

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
            width: parent.width - x - badge.width - (Theme.desk ? 16 : 28)
            spacing: 0

            Row {
                visible: choice.hitLength > 0

                Repeater {
                    model: [choice.text.slice(0, choice.hitStart), choice.text.slice(choice.hitStart, choice.hitStart + choice.hitLength), choice.text.slice(choice.hitStart + choice.hitLength)]

                    Text {
                        required property string modelData
                        required property int index

                        text: modelData
                        font.family: Theme.sans
                        font.bold: true
                        font.underline: index === 1
                        font.pixelSize: Theme.value
                        lineHeight: 0.9
                        color: Theme.ink
                        textFormat: Text.PlainText
                        Accessible.ignored: true
                    }
                }
            }

            Text {
                width: parent.width
                visible: choice.hitLength === 0
                text: choice.text
                font.family: Theme.sans
                font.bold: true
                font.pixelSize: Theme.value
                color: Theme.ink
                lineHeight: 0.9
                wrapMode: Text.Wrap
                textFormat: Text.PlainText
                Accessible.ignored: true
            }

            Chip {
                visible: choice.detail !== "" && choice.detailState !== ""
                bare: true
                state2: choice.detailState
                text: choice.detail
                size: Theme.desk ? Theme.px(16) : Theme.px(30)
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
                    name: choice.picked ? "check" : "plus"
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
