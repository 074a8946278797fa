import QtQuick
import Clerk

// The comprehensive window: one window, every screen compiled at the start.
Window {
    title: "开办企业"
    color: "#FAF7F0"
    visible: true

    ClerkScreens {
        anchors.fill: parent
    }
}
