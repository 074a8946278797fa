pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Hands and bad weather for training; marked so that nobody takes it for the terminal.
Window {
    id: dock

    width: 560
    height: 1040
    title: Say.t("training") + " · " + Say.t("dock.title")
    color: Theme.paper
    visible: true

    Rectangle {
        id: head

        width: parent.width
        height: 84
        color: Theme.waitWash

        Rectangle {
            width: parent.width
            height: 6
            color: Theme.wait
        }

        SerifTitle {
            x: 24
            y: 16
            text: Say.t("training")
            font.pixelSize: 24
            color: Theme.wait
        }

        LabelText {
            x: 24
            y: 50
            text: Say.t("dock.note")
            color: Theme.wait
        }
    }

    Flickable {
        y: head.height
        width: parent.width
        height: said.y - y
        contentHeight: body.height + 32
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: body

            x: 24
            y: 16
            width: parent.width - 48
            spacing: 20

            Chip {
                visible: !Dock.connected
                state2: "wait"
                text: Say.t("dock.unconnected")
                size: 16
            }

            Repeater {
                model: Dock.devices

                Column {
                    id: device

                    required property var row

                    width: body.width
                    spacing: 8
                    visible: row.buttons.length > 0

                    Item {
                        width: parent.width
                        height: 26

                        BodyText {
                            text: device.row.title
                            strong: true
                            color: Theme.ink
                        }

                        LabelText {
                            anchors.right: parent.right
                            width: parent.width * 0.62
                            horizontalAlignment: Text.AlignRight
                            elide: Text.ElideRight
                            wrapMode: Text.NoWrap
                            text: device.row.state
                        }
                    }

                    Flow {
                        width: parent.width
                        spacing: 8

                        Repeater {
                            model: device.row.buttons

                            ActButton {
                                required property var modelData

                                objectName: device.row.key + ":" + modelData.key
                                implicitHeight: 40
                                implicitWidth: contentItem.implicitWidth + 28
                                text: modelData.text
                                onClicked: Dock.press(device.row.key, modelData.key)
                            }
                        }
                    }

                    Rectangle {
                        width: parent.width
                        height: 1
                        color: Theme.line
                    }
                }
            }

            DockChoices {
                width: parent.width
                title: Say.t("dock.weather")
                rows: Dock.weathers
                onChosen: name => Dock.weather(name)
            }

            DockChoices {
                width: parent.width
                title: Say.t("dock.clock")
                rows: Dock.clocks
                onChosen: name => Dock.clock(name)
            }
        }
    }

    Rectangle {
        id: said

        y: parent.height - height
        width: parent.width
        height: 44
        color: Theme.wash

        LabelText {
            objectName: "said"
            anchors.verticalCenter: parent.verticalCenter
            x: 24
            width: parent.width - 48
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
            text: Dock.said
        }
    }
}
