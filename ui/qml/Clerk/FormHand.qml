pragma ComponentBehavior: Bound

import QtQuick
import Design

// The side of the form: what is asked at the line at hand, what is wrong there, and its choices with their digits.
TornSheet {
    id: hand

    required property DeskPage page
    readonly property real inner: width - 2 * padding
    readonly property var d: page.d

    signal taken(var option)

    implicitHeight: 400

    Flickable {
        width: hand.inner
        height: hand.height - 2 * hand.padding
        contentHeight: body.height
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height
        clip: contentHeight > height

        Column {
            id: body

            width: parent.width
            spacing: 10

            SerifTitle {
                objectName: "hand_title"
                width: parent.width
                text: hand.d.handTitle
                font.pixelSize: Theme.slipTitle
            }

            BodyText {
                objectName: "hand_what"
                width: parent.width
                visible: text !== ""
                text: hand.d.handWhat
                strong: true
                color: Theme.stateColor(hand.d.handState)
            }

            BodyText {
                width: parent.width
                visible: text !== ""
                text: hand.d.handTodo
            }

            Repeater {
                model: hand.page.view.rows("tells")

                BodyText {
                    required property var row

                    width: body.width
                    text: row.text
                }
            }

            Repeater {
                model: hand.page.view.rows("options")

                Item {
                    id: option

                    required property var row

                    objectName: "option_" + row.key
                    width: body.width
                    height: Math.max(Theme.target + 8, words.height + 16)
                    Accessible.role: Accessible.Button
                    Accessible.name: row.text + " " + row.detail
                    Accessible.checked: row.picked
                    Accessible.onPressAction: hand.taken(option.row)

                    Rectangle {
                        anchors.fill: parent
                        radius: 6
                        color: option.row.picked || option.row.marked ? Theme.actWash : Theme.sheet
                        border.width: option.row.picked || option.row.marked ? 2 : 1
                        border.color: option.row.picked || option.row.marked ? Theme.act : Theme.line
                    }

                    KeyCap {
                        id: cap

                        x: 10
                        anchors.verticalCenter: parent.verticalCenter
                        visible: option.row.cap !== ""
                        text: option.row.cap
                    }

                    Column {
                        id: words

                        x: cap.visible ? cap.x + cap.width + 12 : 14
                        anchors.verticalCenter: parent.verticalCenter
                        width: parent.width - x - (check.visible ? 44 : 12)

                        BodyText {
                            width: parent.width
                            text: option.row.text
                            strong: true
                            color: Theme.ink
                        }

                        LabelText {
                            width: parent.width
                            visible: text !== ""
                            text: option.row.detail
                        }
                    }

                    Icon {
                        id: check

                        x: parent.width - width - 12
                        anchors.verticalCenter: parent.verticalCenter
                        visible: option.row.picked
                        name: "check"
                        size: 24
                        strong: true
                        color: Theme.act
                    }

                    MouseArea {
                        anchors.fill: parent
                        onClicked: hand.taken(option.row)
                    }
                }
            }

            LabelText {
                width: parent.width
                visible: text !== ""
                text: hand.d.handMore
            }

            DashLine {
                width: parent.width
            }

            LabelText {
                objectName: "hand_how"
                width: parent.width
                text: hand.d.how
                color: Theme.ink2
            }
        }
    }
}
