import QtQuick
import QtQuick.Shapes

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

    function frame(inset: real, corner: real): string {
        const w = stamp.width - 2 * inset;
        const h = stamp.height - 2 * inset;
        const r = corner;
        return "M" + (inset + r) + " " + inset + "h" + (w - 2 * r) + "a" + r + " " + r + " 0 0 1 " + r + " " + r + "v" + (h - 2 * r) + "a" + r + " " + r + " 0 0 1 " + -r + " " + r + "h" + -(w - 2 * r) + "a" + r + " " + r + " 0 0 1 " + -r + " " + -r + "v" + -(h - 2 * r) + "a" + r + " " + r + " 0 0 1 " + r + " " + -r + "z";
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

    Shape {
        anchors.fill: parent

        ShapePath {
            strokeColor: Theme.seal
            strokeWidth: Theme.desk ? 3 : 4
            fillColor: "transparent"

            PathSvg {
                path: stamp.frame(2, Theme.desk ? 8 : 10)
            }
        }

        ShapePath {
            strokeColor: Theme.seal
            strokeWidth: Theme.desk ? 1.4 : 2
            fillColor: "transparent"

            PathSvg {
                path: stamp.frame(Theme.desk ? 7 : 10, Theme.desk ? 5 : 7)
            }
        }
    }

    Column {
        anchors.centerIn: parent
        spacing: 0

        Text {
            anchors.horizontalCenter: parent.horizontalCenter
            text: stamp.words
            font.family: Theme.serif
            font.bold: true
            font.pixelSize: Math.round(stamp.height * 0.4)
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
