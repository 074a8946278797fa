pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// Shows the screen of the present step. pages: step name → Component; all of them are compiled at the start.
Item {
    id: stage

    required property var pages

    anchors.fill: parent

    Loader {
        id: loader

        anchors.fill: parent
        sourceComponent: Visit.page === "" ? null : stage.pages[Visit.page] ?? lost
        focus: true
    }

    Component {
        id: lost

        Rectangle {
            color: Theme.paper

            BodyText {
                objectName: "lost"
                anchors.centerIn: parent
                text: "⚠ " + Visit.page
            }
        }
    }
}
