import QtQuick

// The key that does it, drawn as a key.
Rectangle {
    id: cap

    required property string text
    property color color2: Theme.ink2
    property bool onDark: false
    readonly property var signs: ({
            "Up": "↑",
            "Down": "↓",
            "Left": "←",
            "Right": "→",
            "Ctrl+Enter": "Ctrl Enter"
        })

    implicitWidth: Math.max(implicitHeight, label.implicitWidth + 12)
    implicitHeight: Math.round(label.font.pixelSize * 1.5)
    radius: 4
    color: onDark ? "transparent" : Theme.sheet
    border.width: 1.5
    border.color: onDark ? Theme.onFill : Theme.edge

    Text {
        id: label

        anchors.centerIn: parent
        text: cap.signs[cap.text] ?? cap.text
        font.family: Theme.sans
        font.bold: true
        font.pixelSize: Theme.px(15)
        color: cap.onDark ? Theme.onFill : cap.color2
        Accessible.ignored: true
    }
}
