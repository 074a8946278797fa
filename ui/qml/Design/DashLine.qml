import QtQuick
import QtQuick.Shapes

// The tear-off line of paper, in the colour of borders.
Shape {
    id: dash

    property color color: Theme.edge

    implicitHeight: 2

    ShapePath {
        strokeColor: dash.color
        strokeWidth: Theme.desk ? 1.2 : 2
        strokeStyle: ShapePath.DashLine
        dashPattern: [4, 3]
        fillColor: "transparent"
        startX: 0
        startY: 1

        PathLine {
            x: dash.width
            y: 1
        }
    }
}
