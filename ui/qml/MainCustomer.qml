import QtQuick
import Customer

// The citizen's screen of a window. It never takes the keyboard: every key belongs to the clerk. Shown by whoever has
// found its place.
Window {
    title: "开办企业"
    color: "#FAF7F0"
    flags: Qt.Window | Qt.WindowDoesNotAcceptFocus
    visible: false

    CustomerScreens {
        anchors.fill: parent
    }
}
