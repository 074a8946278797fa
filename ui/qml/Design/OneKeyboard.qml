pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick

// The terminal's one on-screen keyboard, lent to the page that is shown: its hundred keys are made once, not for each page.
QtObject {
    readonly property Keyboard board: Keyboard {
        anchors.fill: parent
    }
}
