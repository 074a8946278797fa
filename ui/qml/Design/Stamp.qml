import QtQuick

// 已受理, 已交付: the only red that lands, and only on the platform's word.
Item {
    id: stamp

    required property string words
    property string at: ""
    property bool landing: false

    implicitWidth: Theme.desk ? 170 : Math.min(300, Theme.px(218))
    implicitHeight: Theme.desk ? 92 : Math.min(190, Theme.px(124))
    rotation: -7
    Accessible.role: Accessible.StaticText
    Accessible.name: words + " " + at

    function frame(inset: real, corner: real, thick: real): string {
        return "<rect x='" + inset + "' y='" + inset + "' width='" + (stamp.width - 2 * inset) + "' height='" + (stamp.height - 2 * inset) + "' rx='" + corner + "' fill='none' stroke='" + Theme.seal + "' stroke-width='" + thick + "'/>";
    }

    onLandingChanged: if (landing && !Theme.still)
        land.restart()

    NumberAnimation on scale {
        id: land

        running: false
        from: 1.15
        to: 1
        duration: Theme.stampTime
        easing.type: Easing.OutQuad
    }

    Drawing {
        anchors.fill: parent
        body: Theme.desk ? stamp.frame(3, 8, 3) + stamp.frame(8, 5, 1.4) : stamp.frame(4, 10, 4.5) + stamp.frame(11, 7, 2)
    }

    Column {
        anchors.centerIn: parent
        spacing: 0

        Text {
            anchors.horizontalCenter: parent.horizontalCenter
            text: stamp.words
            font.family: Theme.serif
            font.bold: true
            // Four characters fill the stamp; a longer word is set smaller, inside the same border.
            font.pixelSize: Math.round(Math.min(stamp.height * 0.4, stamp.words.length < 5 ? stamp.width : (stamp.width - 36) / (0.58 * stamp.words.length)))
            font.letterSpacing: stamp.words.length < 5 ? 3 : 0
            lineHeight: 0.82
            color: Theme.seal
            textFormat: Text.PlainText
            Accessible.ignored: true
        }

        Text {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: stamp.at !== ""
            text: stamp.at
            font.family: Theme.sans
            font.bold: true
            font.pixelSize: Math.round(stamp.height * 0.18)
            color: Theme.seal
            textFormat: Text.PlainText
            Accessible.ignored: true
        }
    }
}
