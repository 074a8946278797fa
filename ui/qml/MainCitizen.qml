import QtQuick
import Citizen

// The citizen's terminal: one window, every screen compiled at the start.
Window {
    title: "开办企业"
    color: "#FAF7F0"
    visible: true

    CitizenScreens {
        anchors.fill: parent
        patient: true
    }
}
