pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes
import Bridge

// A pad for one character, written with the finger. What it may be is asked each time the finger lifts.
Column {
    id: face

    required property real unit
    required property real between

    spacing: between

    Row {
        spacing: face.between

        Rectangle {
            id: pad

            property var points: []
            property string running: ""

            width: 8 * face.unit + 7 * face.between
            height: 3 * Theme.keyHeight + 2 * face.between
            radius: Theme.radiusField
            color: Theme.sheet
            border.width: Theme.pressable
            border.color: Theme.edge
            // The keyboard outlives the page: a stroke under a finger that lost its page is nobody's.
            onVisibleChanged: {
                points = [];
                running = "";
            }

            // The middle cross of practice paper: here one character, as large as one likes.
            Rectangle {
                anchors.centerIn: parent
                width: parent.height * 0.8
                height: Theme.hairline
                color: Theme.line
            }

            Rectangle {
                anchors.centerIn: parent
                width: Theme.hairline
                height: parent.height * 0.8
                color: Theme.line
            }

            Shape {
                anchors.fill: parent

                ShapePath {
                    strokeColor: Theme.ink
                    strokeWidth: 9
                    fillColor: "transparent"
                    capStyle: ShapePath.RoundCap
                    joinStyle: ShapePath.RoundJoin

                    PathSvg {
                        path: Ime.ink + pad.running
                    }
                }
            }

            MouseArea {
                objectName: "writing_pad"
                anchors.fill: parent
                preventStealing: true
                Accessible.role: Accessible.Canvas
                Accessible.name: Say.t("keyboard.write_hint")
                onPressed: mouse => {
                    pad.points = [[mouse.x, mouse.y]];
                    pad.running = "M" + mouse.x + " " + mouse.y + "l0.1 0";
                }
                onPositionChanged: mouse => {
                    const x = Math.max(0, Math.min(width, mouse.x));
                    const y = Math.max(0, Math.min(height, mouse.y));
                    pad.points.push([x, y]);
                    pad.running += "L" + x + " " + y;
                }
                onReleased: {
                    const points = pad.points;
                    pad.points = [];
                    pad.running = "";
                    Ime.stroke(points);
                }
                onCanceled: {
                    pad.points = [];
                    pad.running = "";
                }
            }
        }

        Column {
            spacing: face.between

            KeyButton {
                width: 2 * face.unit + face.between
                quiet: true
                enabled: Ime.ink !== ""
                text: Say.t("keyboard.undo")
                objectName: "key_undo"
                onClicked: Ime.undo()
            }

            KeyButton {
                width: 2 * face.unit + face.between
                quiet: true
                text: Say.t("keyboard.clear")
                objectName: "key_clear"
                onClicked: Ime.clear()
            }

            KeyButton {
                width: 2 * face.unit + face.between
                quiet: true
                symbol: "backspace"
                text: Say.t("keyboard.back")
                objectName: "key_back"
                onClicked: Ime.back()
            }
        }
    }

    FaceRow {
        unit: face.unit
        between: face.between
    }
}
