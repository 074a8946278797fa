import QtQuick

// Where the keyboard stands: an ink ring with air, outside its target.
Rectangle {
    required property Item target
    property real corner: Theme.radiusButton

    anchors.fill: target
    anchors.margins: -(Theme.focusWidth + Theme.focusGap)
    radius: corner + Theme.focusWidth + Theme.focusGap
    color: "transparent"
    border.width: Theme.focusWidth
    border.color: Theme.ink
}
