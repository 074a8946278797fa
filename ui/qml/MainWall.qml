import QtQuick
import Hall

// The hall's screen.
Window {
    title: "开办企业"
    color: "#FAF7F0"
    visible: true

    HallScreens {
        anchors.fill: parent
    }
}
