pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes

// Where a person signs with the finger. ``strokes`` are lists of [x, y, ms] in the pad's own units,
// milliseconds since the first touch; the bridge makes the PNG.
Item {
    id: pad

    property var strokes: []
    property var stroke: []
    property double began: 0
    property string ink: ""
    property string running: ""
    property bool locked: false // kept already: nothing is added, nothing cleared
    readonly property bool empty: strokes.length === 0

    signal changed(var strokes)

    function clear(): void {
        strokes = [];
        stroke = [];
        ink = "";
        running = "";
        changed(strokes);
    }

    function point(x: double, y: double): var {
        return [Math.round(x), Math.round(y), Math.max(0, Date.now() - began)];
    }

    implicitHeight: Theme.desk ? 180 : 460

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusField
        color: Theme.sheet
        border.width: Theme.pressable
        border.color: Theme.edge
    }

    Rectangle {
        x: Theme.desk ? 24 : 56
        y: here.y - 8
        width: parent.width - 2 * x
        height: Theme.hairline
        color: Theme.line
    }

    LabelText {
        id: here

        anchors.horizontalCenter: parent.horizontalCenter
        y: Math.min(parent.height * 0.76 + 8, parent.height - height - 8)
        visible: pad.empty && pad.stroke.length === 0
        text: Say.t("signature.here")
    }

    Drawing {
        anchors.fill: parent
        once: true
        body: pad.ink === "" ? "" : stroke(pad.ink, Theme.ink, Theme.desk ? 3 : 7, "none", "")
    }

    Shape {
        anchors.fill: parent
        visible: pad.running !== ""

        ShapePath {
            strokeColor: Theme.ink
            strokeWidth: Theme.desk ? 3 : 7
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin

            PathSvg {
                path: pad.running
            }
        }
    }

    MouseArea {
        objectName: "signature_pad"
        anchors.fill: parent
        enabled: !pad.locked
        preventStealing: true
        Accessible.role: Accessible.Canvas
        Accessible.name: Say.t("signature.here")
        onPressed: mouse => {
            if (pad.empty)
                pad.began = Date.now();
            pad.stroke = [pad.point(mouse.x, mouse.y)];
            pad.running = "M" + mouse.x + " " + mouse.y + "l0.1 0";
        }
        onPositionChanged: mouse => {
            const x = Math.max(0, Math.min(width, mouse.x));
            const y = Math.max(0, Math.min(height, mouse.y));
            pad.stroke.push(pad.point(x, y));
            pad.running += "L" + x + " " + y;
        }
        onReleased: {
            pad.ink += pad.running;
            pad.running = "";
            pad.strokes = [...pad.strokes, pad.stroke];
            pad.stroke = [];
            pad.changed(pad.strokes);
        }
    }

    ActButton {
        objectName: "signature_again"
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.desk ? 6 : 12
        visible: !pad.empty && !pad.locked
        kind: "quiet"
        symbol: "resume"
        text: Say.t("signature.again")
        onClicked: pad.clear()
    }
}
