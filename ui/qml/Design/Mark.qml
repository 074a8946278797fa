import QtQuick

// The product's mark: the only red of a screen that has nothing official to say.
Rectangle {
    id: mark

    property real size: Theme.desk ? 36 : 72

    implicitWidth: size
    implicitHeight: size
    radius: size / 12
    color: Theme.seal
    Accessible.ignored: true

    Rectangle {
        anchors.fill: parent
        anchors.margins: Math.max(2, mark.size / 16)
        radius: mark.size / 20
        color: "transparent"
        border.width: Math.max(1, mark.size / 44)
        border.color: Theme.onFill
    }

    Text {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: -mark.size / 60
        text: "开"
        font.family: Theme.serif
        font.bold: true
        font.pixelSize: mark.size * 0.64
        color: Theme.onFill
    }
}
