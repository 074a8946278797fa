pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Digits become dots and go to the card. The note is emptied the moment the PIN is sent.
ClerkPage {
    id: page

    property string pin: ""

    function write(text: string): void {
        if (page.d.busy)
            return;
        page.pin = text.slice(0, 8);
        Visit.note("pin", page.pin);
    }

    function local(name: string): bool {
        if (name === "delete") {
            page.write(page.pin.slice(0, -1));
            return true;
        }
        if (name === "pin") {
            Visit.act("pin", {});
            page.write("");
            return true;
        }
        return false;
    }

    onKeyed: name => {
        if (/^[0-9]$/.test(name))
            page.write(page.pin + name);
    }

    Item {
        width: 1
        height: 24
    }

    Item {
        width: page.bodyFull
        height: Math.max(left.height, pad.height)

        Column {
            id: left

            x: (parent.width - 940) / 2
            width: 540
            spacing: 24

            Rectangle {
                objectName: "pin_dots"
                width: parent.width
                height: 108
                radius: Theme.radiusField
                color: Theme.sheet
                border.width: 3
                border.color: page.d.busy ? Theme.edge : Theme.act
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

            StatusStrip {
                width: parent.width
                symbol: "lock"
                text: page.d.hint
            }
        }

        Grid {
            id: pad

            anchors.right: parent.right
            anchors.rightMargin: (parent.width - 940) / 2
            columns: 3
            spacing: 12

            Repeater {
                model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "clear", "0", "delete"]

                KeyButton {
                    required property string modelData
                    readonly property bool digit: modelData.length === 1

                    objectName: "digit_" + modelData
                    width: 116
                    height: 88
                    quiet: !digit
                    symbol: modelData === "delete" ? "backspace" : ""
                    enabled: !page.d.busy
                    text: digit ? modelData : modelData === "clear" ? page.d.clear : page.d.deletes
                    onClicked: page.write(digit ? page.pin + modelData : modelData === "clear" ? "" : page.pin.slice(0, -1))
                }
            }
        }
    }
}
