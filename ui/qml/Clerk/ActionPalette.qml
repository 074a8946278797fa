pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Bridge
import Design

// Every action of this screen in one list: a few letters find it, Enter does it, Esc closes.
Rectangle {
    id: box

    required property ClerkPage page
    property Item before: null // who had the keyboard
    readonly property var rows: page.view.rows("palette")

    function press(name: string): void {
        if (name === "Esc")
            box.leave();
        else if (name === "Enter")
            box.run(box.marked());
        else if (name === "Up" || name === "Down")
            Visit.note("paletteAt", Math.max(0, Math.min(box.possible() - 1, box.page.d.paletteAt + (name === "Up" ? -1 : 1))));
    }

    function possible(): int {
        let found = 0;
        for (let i = 0; i < box.rows.rowCount(); i++)
            found += box.rows.row(i).enabled ? 1 : 0;
        return found;
    }

    function marked(): var {
        for (let i = 0; i < box.rows.rowCount(); i++) {
            if (box.rows.row(i).marked)
                return box.rows.row(i);
        }
        return null;
    }

    function run(row: var): void {
        if (row === null || !row.enabled)
            return;
        const action = row.action;
        box.leave();
        box.page.act(action);
    }

    function leave(): void {
        Visit.keep({
            "palette": "",
            "paletteAt": 0,
            "paletteTyped": ""
        });
    }

    onVisibleChanged: {
        if (box.visible) {
            box.before = box.Window.activeFocusItem;
            search.text = "";
            search.forceActiveFocus();
        } else if (box.before) {
            box.before.forceActiveFocus();
            box.before = null;
        }
    }

    anchors.fill: parent
    visible: page.d.palette
    z: 110
    color: Theme.contrast ? "#E6000000" : "#8C1B1A18"
    Accessible.role: Accessible.Dialog
    Accessible.name: page.d.paletteTitle

    MouseArea {
        objectName: "dialog_scrim"
        anchors.fill: parent
        onClicked: box.leave()
    }

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: 90
        width: 760
        height: column.implicitHeight + 64
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
            width: parent.width - 64
            spacing: 6

            SerifTitle {
                width: parent.width
                text: box.page.d.paletteTitle
                font.pixelSize: Theme.px(26)
            }

            Rectangle {
                width: column.width
                height: Theme.fieldHeight
                radius: Theme.radiusField
                color: Theme.sheet
                border.width: 3
                border.color: Theme.act

                TextInput {
                    id: search

                    objectName: "palette_input"
                    x: 14
                    width: parent.width - 28
                    height: parent.height
                    verticalAlignment: TextInput.AlignVCenter
                    clip: true
                    font.family: Theme.sans
                    font.bold: true
                    font.pixelSize: Theme.value
                    color: Theme.ink
                    maximumLength: 20
                    Accessible.role: Accessible.EditableText
                    Accessible.name: box.page.d.paletteHint
                    onTextEdited: {
                        Visit.keep({
                            "paletteAt": 0,
                            "paletteTyped": text
                        });
                    }
                    Keys.onPressed: event => {
                        const name = DeskKeys.name(event.key, event.modifiers, "");
                        if (["Esc", "Enter", "Up", "Down"].includes(name)) {
                            box.page.press(name);
                            event.accepted = true;
                        }
                    }
                }

                BodyText {
                    x: 20
                    anchors.verticalCenter: parent.verticalCenter
                    visible: search.text === "" && search.preeditText === ""
                    text: box.page.d.paletteHint
                    color: Theme.ink3
                    Accessible.ignored: true
                }
            }

            BodyText {
                width: column.width
                visible: listed.count === 0
                text: box.page.d.paletteNothing
            }

            Column {
                width: column.width

                Repeater {
                    id: listed

                    model: box.rows

                    AbstractButton {
                        id: entry

                        required property var row

                        objectName: "palette_" + row.key
                        width: column.width
                        implicitHeight: Theme.row
                        enabled: row.enabled
                        focusPolicy: Qt.NoFocus
                        Accessible.role: Accessible.Button
                        Accessible.name: [row.words, row.cap, row.state].join(" ")
                        Accessible.onPressAction: entry.clicked()
                        onClicked: box.run(row)

                        background: Rectangle {
                            radius: entry.row.marked ? Theme.radiusButton : 0
                            color: entry.row.marked ? Theme.actWash : "transparent"
                            border.width: entry.row.marked ? Theme.pressable : 0
                            border.color: Theme.act

                            Rectangle {
                                anchors.bottom: parent.bottom
                                width: parent.width
                                height: 1
                                visible: !entry.row.marked
                                color: Theme.line
                            }
                        }

                        contentItem: Item {
                            BodyText {
                                x: 12
                                anchors.verticalCenter: parent.verticalCenter
                                text: entry.row.words
                                strong: entry.row.enabled
                                color: entry.row.enabled ? Theme.act : Theme.ink3
                                wrapMode: Text.NoWrap
                                Accessible.ignored: true
                            }

                            Row {
                                anchors.right: parent.right
                                anchors.rightMargin: 12
                                anchors.verticalCenter: parent.verticalCenter
                                spacing: 12

                                LabelText {
                                    anchors.verticalCenter: parent.verticalCenter
                                    text: entry.row.state
                                    wrapMode: Text.NoWrap
                                    Accessible.ignored: true
                                }

                                KeyCap {
                                    visible: text !== ""
                                    text: entry.row.cap
                                }
                            }
                        }
                    }
                }
            }

            ActButton {
                objectName: "dialog_stay"
                width: column.width
                text: box.page.d.paletteLeave
                shortcut: "Esc"
                onClicked: box.leave()
            }
        }
    }
}
