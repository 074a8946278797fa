pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// The page of whoever comes to a person without the face: the PIN as dots, then the person beside the card's picture.
CitizenPage {
    id: page

    readonly property bool comparing: d.mode === "compare"
    readonly property real key: Math.max(Theme.target, lying ? 76 : 104)
    property string pin: ""

    function write(text: string): void {
        if (page.d.waits)
            return;
        page.pin = (page.d.typed === 0 ? text.slice(-1) : text).slice(0, 8);
        Visit.note("pin", page.pin);
    }

    // The note is emptied the moment the PIN is sent.
    function act(name: string): void {
        Visit.act(name, {});
        Visit.keep(page.d.then[name] ?? {});
    }

    onlyRead: comparing && !told
    low: told ? 0 : comparing ? compared.height : pad.height

    Grid {
        id: pad

        visible: !page.comparing
        width: page.bodyWidth
        columns: page.halves
        columnSpacing: Theme.s5
        rowSpacing: Theme.s3

        Column {
            width: page.halfWidth
            spacing: Theme.s2

            Rectangle {
                objectName: "pin_dots"
                width: parent.width
                height: Theme.px(96)
                radius: Theme.radiusField
                color: Theme.sheet
                border.width: 3
                border.color: page.d.waits ? Theme.edge : Theme.act
                Accessible.role: Accessible.StaticText
                Accessible.name: page.d.dots

                Row {
                    anchors.centerIn: parent
                    spacing: 26

                    Repeater {
                        model: 8

                        Rectangle {
                            required property int index
                            readonly property bool set: index < page.d.typed

                            anchors.verticalCenter: parent?.verticalCenter
                            width: set ? 24 : index < 4 ? 18 : 10
                            height: width
                            radius: width / 2
                            color: set ? Theme.ink : "transparent"
                            border.width: set ? 0 : 2
                            border.color: Theme.edge
                        }
                    }
                }
            }

            BodyText {
                width: parent.width
                visible: text !== ""
                text: page.comparing ? "" : page.d.state
            }
        }

        Grid {
            columns: 3
            spacing: Theme.gap

            Repeater {
                model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "clear", "0", "delete"]

                KeyButton {
                    id: pinKey

                    required property string modelData
                    readonly property bool digit: modelData.length === 1

                    objectName: "digit_" + modelData
                    focusPolicy: Qt.TabFocus
                    width: (page.halfWidth - 2 * Theme.gap) / 3
                    height: page.key
                    quiet: !digit
                    symbol: modelData === "delete" ? "backspace" : ""
                    enabled: !page.d.waits && !page.comparing
                    text: digit ? modelData : modelData === "clear" ? page.d.clear : page.d.deletes
                    onClicked: page.write(digit ? page.pin + modelData : modelData === "clear" ? "" : page.pin.slice(0, -1))

                    FocusRing {
                        target: pinKey
                        visible: pinKey.visualFocus
                    }
                }
            }
        }
    }

    Column {
        id: compared

        visible: page.comparing
        width: page.bodyWidth
        spacing: Theme.s3

        Row {
            width: parent.width
            spacing: Theme.s4

            Rectangle {
                id: face

                width: Math.min(Theme.px(page.lying ? 180 : 260), 300)
                height: width * 5 / 4
                radius: 8
                color: Theme.actWash
                border.width: Theme.washEdge
                border.color: Theme.act

                Icon {
                    anchors.centerIn: parent
                    name: "person"
                    size: face.width * 0.6
                    color: Theme.act
                    visible: portrait.status !== Image.Ready
                }

                Image {
                    id: portrait

                    objectName: "portrait"
                    anchors.fill: parent
                    anchors.margins: 1
                    source: page.d.portrait
                    fillMode: Image.PreserveAspectCrop
                    cache: false // nobody's face outlives the visit
                }
            }

            Column {
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - face.width - parent.spacing
                spacing: Theme.s2

                BodyText {
                    objectName: "who"
                    width: parent.width
                    text: page.d.who
                    strong: true
                    font.pixelSize: Theme.px(42)
                    color: Theme.ink
                }

                BodyText {
                    width: parent.width
                    visible: !number.visible
                    text: number.visible ? "" : page.d.number
                }

                BodyText {
                    width: parent.width
                    text: page.d.by
                }
            }
        }

        BodyText {
            id: number // stars have no blank to break at: in the largest text it needs the whole width

            width: parent.width
            visible: Theme.scale > 1.6 && page.d.number !== ""
            text: page.d.number
        }

        FactRow {
            objectName: "aid"
            width: parent.width
            visible: detail !== ""
            symbol: "info"
            detail: page.d.aid
            last: true
        }
    }
}
