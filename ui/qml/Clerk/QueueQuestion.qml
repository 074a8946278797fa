pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Bridge
import Design

// The one question that something takes: a digit answers it, Esc leaves everything as it was.
Rectangle {
    id: box

    required property ClerkPage page
    property Item before: null // who had the keyboard
    readonly property var rows: page.view.rows("answers")

    function press(name: string): void {
        if (name === "Esc")
            box.leave();
        for (let i = 0; i < box.rows.rowCount(); i++) {
            const row = box.rows.row(i);
            if (row.cap === name) {
                box.answer(row);
                return;
            }
        }
    }

    function answer(row: var): void {
        if (row.act !== "")
            Visit.act(row.act, {});
        Visit.keep(row.sets);
    }

    function leave(): void {
        Visit.note("ask", "");
    }

    onVisibleChanged: {
        if (box.visible) {
            box.before = box.Window.activeFocusItem;
            box.forceActiveFocus();
        } else if (box.before) {
            box.before.forceActiveFocus();
            box.before = null;
        }
    }
    Keys.onPressed: event => {
        const name = DeskKeys.name(event.key, event.modifiers, event.text);
        event.accepted = name !== "" && box.page.press(name);
    }

    anchors.fill: parent
    visible: page.d.question !== ""
    z: 100
    color: Theme.contrast ? "#E6000000" : "#8C1B1A18"
    Accessible.role: Accessible.Dialog
    Accessible.name: page.d.questionTitle

    MouseArea {
        objectName: "dialog_scrim"
        anchors.fill: parent
        onClicked: box.leave()
    }

    Rectangle {
        anchors.centerIn: parent
        width: 620
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
            spacing: 8

            SerifTitle {
                width: parent.width
                text: box.page.d.questionTitle
                font.pixelSize: Theme.px(26)
            }

            Item {
                width: 1
                height: 4
            }

            Repeater {
                model: box.rows

                AbstractButton {
                    id: choice

                    required property var row

                    objectName: "answer_" + row.key
                    width: column.width
                    implicitHeight: Math.max(Theme.row, said.implicitHeight + 16)
                    focusPolicy: Qt.NoFocus
                    Accessible.role: Accessible.Button
                    Accessible.name: row.text
                    Accessible.onPressAction: choice.clicked()
                    onClicked: box.answer(row)

                    background: Rectangle {
                        radius: Theme.radiusButton
                        color: choice.down ? Theme.actWash : Theme.sheet
                        border.width: Theme.pressable
                        border.color: Theme.act
                    }

                    contentItem: Item {
                        KeyCap {
                            id: cap

                            x: 14
                            anchors.verticalCenter: parent.verticalCenter
                            text: choice.row.cap
                            color2: Theme.act
                        }

                        BodyText {
                            id: said

                            x: cap.x + cap.width + 14
                            anchors.verticalCenter: parent.verticalCenter
                            width: parent.width - x - 14
                            text: choice.row.text
                            strong: true
                            color: Theme.act
                            Accessible.ignored: true
                        }
                    }
                }
            }

            Item {
                width: 1
                height: 4
            }

            ActButton {
                objectName: "dialog_stay"
                width: column.width
                text: box.page.d.questionLeave
                shortcut: "Esc"
                onClicked: box.leave()
            }
        }
    }
}
