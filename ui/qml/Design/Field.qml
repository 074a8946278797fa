pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// Label above, words below, states as in the summary.
// kind: pinyin | latin | digits | id | code | phone | amount | pin. state2: "" | checked | error; fromCard: read, not typed.
FocusScope {
    id: field

    property string label: ""
    property string value: ""
    property string kind: "pinyin"
    property string hint: Say.t("field.empty")
    property string words: ""
    property string state2: ""
    property string aside: "" // a sentence at the right end, inside
    property string unit: ""
    property string symbol: ""
    property bool fromCard: false
    property bool scans: false
    property int maximum: 100
    property bool tabStop: true // false: Tab means something else to the page
    readonly property bool typing: input.activeFocus
    readonly property bool opened: Theme.desk || Ime.panel !== ""
    // What was typed so far, letters that are still being composed included: for lists that follow every key.
    readonly property string query: input.text + input.preeditText

    signal edited(string text)
    signal accepted

    function take(): void {
        input.forceActiveFocus(Qt.OtherFocusReason);
        if (!Theme.desk)
            Ime.open(field.kind === "pin" ? "digits" : field.kind);
    }

    // What is typed next takes the place of what stands there.
    function select(): void {
        input.selectAll();
    }

    function clear(): void {
        Ime.wipe();
        input.clear();
    }

    implicitHeight: column.implicitHeight
    objectName: "field"

    Column {
        id: column

        width: parent.width
        spacing: Theme.desk ? 6 : 10

        BodyText {
            width: parent.width
            visible: text !== ""
            text: field.label
            strong: true
            font.pixelSize: Theme.desk ? Theme.label : Theme.px(36)
            color: Theme.ink
            Accessible.ignored: true
        }

        Rectangle {
            id: box

            width: parent.width
            height: Theme.fieldHeight
            radius: Theme.radiusField
            color: field.fromCard ? Theme.actWash : field.state2 === "error" ? Theme.stopWash : Theme.sheet
            border.width: field.fromCard ? Theme.washEdge : field.typing ? (Theme.desk ? 3 : 5) : field.state2 === "error" ? (Theme.desk ? 3 : 4) : Theme.pressable
            border.color: field.typing || field.fromCard ? Theme.act : field.state2 === "error" ? Theme.stop : Theme.edge

            Icon {
                id: mark

                x: Theme.desk ? 12 : 32
                anchors.verticalCenter: parent.verticalCenter
                visible: name !== ""
                name: field.symbol
                size: Theme.icon
                color: field.typing ? Theme.act : Theme.ink3
            }

            TextInput {
                id: input

                objectName: field.objectName + "_input"
                anchors.verticalCenter: parent.verticalCenter
                x: mark.visible ? mark.x + mark.width + (Theme.desk ? 10 : 26) : Theme.desk ? 12 : 28
                width: parent.width - x - end.width - (Theme.desk ? 20 : 44)
                height: parent.height
                verticalAlignment: TextInput.AlignVCenter
                clip: true
                focus: true
                readOnly: field.fromCard
                activeFocusOnTab: field.tabStop && !field.fromCard
                maximumLength: field.maximum
                font.family: Theme.sans
                font.bold: true
                font.pixelSize: field.symbol === "search" ? Theme.px(Theme.desk ? 18 : 44) : Theme.value
                color: Theme.ink
                selectByMouse: Theme.desk
                selectionColor: Theme.act
                selectedTextColor: Theme.onFill
                echoMode: field.kind === "pin" ? TextInput.Password : TextInput.Normal
                inputMethodHints: Qt.ImhNoPredictiveText | Qt.ImhSensitiveData
                EnterKey.type: Qt.EnterKeyDone
                Accessible.role: Accessible.EditableText
                Accessible.name: field.label !== "" ? field.label : field.hint
                Accessible.description: field.words
                onTextEdited: field.edited(text)
                onTextChanged: if (activeFocus)
                    field.edited(text)
                onAccepted: {
                    Ime.close();
                    field.accepted();
                }
                onActiveFocusChanged: {
                    if (activeFocus && !Theme.desk)
                        Ime.open(field.kind === "pin" ? "digits" : field.kind);
                    else if (!activeFocus && !Theme.desk)
                        Ime.close();
                }

                Binding on text {
                    when: !input.activeFocus
                    value: field.value
                    restoreMode: Binding.RestoreNone
                }

                cursorDelegate: Rectangle {
                    width: Theme.desk ? 2 : 4
                    color: Theme.act
                    visible: input.activeFocus
                }
            }

            Text {
                anchors.verticalCenter: parent.verticalCenter
                x: input.x + (input.activeFocus ? (Theme.desk ? 6 : 12) : 0)
                width: input.width - 12
                visible: input.text === "" && input.preeditText === ""
                text: field.hint
                font.family: Theme.sans
                font.pixelSize: Theme.value
                color: Theme.ink3
                elide: Text.ElideNone
                textFormat: Text.PlainText
                Accessible.ignored: true
            }

            // A finger that only swipes over the field does not open it.
            MouseArea {
                anchors.fill: parent
                visible: !field.fromCard && !(input.activeFocus && field.opened)
                onClicked: field.take()
            }

            Row {
                id: end

                anchors.right: parent.right
                anchors.rightMargin: Theme.desk ? 12 : 28
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.desk ? 8 : 16

                LabelText {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: text !== ""
                    text: field.aside
                    wrapMode: Text.NoWrap
                }

                BodyText {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: text !== ""
                    text: field.unit
                    wrapMode: Text.NoWrap
                }

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: name !== ""
                    name: field.fromCard ? "card" : field.state2 === "checked" ? "check" : field.state2 === "error" ? "cross" : field.scans ? "scan" : ""
                    size: Theme.icon
                    strong: !field.fromCard
                    color: field.fromCard || field.scans ? Theme.act : field.state2 === "error" ? Theme.stop : Theme.ok
                }
            }
        }

        LabelText {
            width: parent.width
            visible: text !== ""
            text: field.words !== "" ? field.words : field.fromCard ? Say.t("field.from_card") : ""
            color: field.state2 === "error" ? Theme.stop : field.fromCard ? Theme.act : Theme.ink3
        }
    }
}
