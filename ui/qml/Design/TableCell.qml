pragma ComponentBehavior: Bound

import QtQuick

// One cell of the desk's table: a value, a value whose differing characters are underlined, or the field of the scan.
Item {
    id: cell

    required property var row
    required property var column
    required property real room
    property string scanHint: ""
    property bool typing: false
    property string typingHint: ""
    readonly property var parts: row.parts !== undefined ? row.parts[column.key] : undefined
    readonly property bool scans: row.active && row.scan === column.key
    // The height that the content asks for; the row takes the greatest.
    readonly property real needs: scans ? hint.implicitHeight + 12 : parts !== undefined ? different.implicitHeight + 8 : words.implicitHeight

    signal typed(string text)

    width: room

    BodyText {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        width: parent.width
        visible: cell.parts === undefined && !cell.scans
        text: cell.row.cells[cell.column.key] ?? ""
        strong: cell.column.bold === true
        color: Theme.ink
        lineHeight: 0.92
    }

    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        x: -10
        width: parent.width + 10
        height: Math.max(36, different.implicitHeight + 8)
        visible: cell.parts !== undefined
        radius: 6
        color: Theme.stopWash
        border.width: Theme.washEdge
        border.color: Theme.stop

        DiffText {
            id: different

            x: 10
            width: parent.width - 16
            anchors.verticalCenter: parent.verticalCenter
            parts: cell.parts ?? []
        }
    }

    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        x: -10
        width: parent.width + 10
        height: Math.max(44, hint.implicitHeight + 12)
        visible: cell.scans
        radius: 6
        color: Theme.sheet
        border.width: 3
        border.color: Theme.act

        Icon {
            id: mark

            x: 12
            anchors.verticalCenter: parent.verticalCenter
            name: cell.typing ? "keyboard" : cell.row.scanIcon ?? "scan"
            size: 22
            color: Theme.act
        }

        LabelText {
            id: hint

            anchors.verticalCenter: parent.verticalCenter
            x: mark.x + mark.width + 10
            width: parent.width - x - 8
            visible: !cell.typing || (hand.item as TextInput)?.text === ""
            text: cell.typing ? cell.typingHint : cell.scanHint
            lineHeight: 0.92
        }

        Loader {
            id: hand

            x: mark.x + mark.width + 10
            width: parent.width - x - 8
            height: parent.height
            active: cell.scans && cell.typing
            sourceComponent: byHand
            onLoaded: (item as Item).forceActiveFocus(Qt.OtherFocusReason)
        }
    }

    Component {
        id: byHand

        TextInput {
            objectName: "typed_input"
            verticalAlignment: TextInput.AlignVCenter
            clip: true
            maximumLength: 40
            font.family: Theme.sans
            font.bold: true
            font.pixelSize: Theme.value
            color: Theme.ink
            selectByMouse: true
            selectionColor: Theme.act
            selectedTextColor: Theme.onFill
            inputMethodHints: Qt.ImhNoPredictiveText
            Accessible.role: Accessible.EditableText
            Accessible.name: cell.typingHint
            onTextChanged: cell.typed(text)

            cursorDelegate: Rectangle {
                width: 2
                color: Theme.act
            }
        }
    }
}
