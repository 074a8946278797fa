pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes

// One of the drawings of Icons, stroked at the size it is shown.
Item {
    id: icon

    required property string name
    property color color: Theme.ink
    property real size: Theme.icon
    property bool strong: false // status icons: stroke 2.0

    implicitWidth: size
    implicitHeight: size

    Shape {
        anchors.fill: parent
        visible: icon.name !== ""

        ShapePath {
            strokeColor: icon.color
            strokeWidth: (icon.strong ? 2.0 : 1.6) * icon.size / 24
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin
            scale: Qt.size(icon.size / 24, icon.size / 24)

            PathSvg {
                path: icon.name === "" ? "" : Icons.paths[icon.name]
            }
        }
    }
}
