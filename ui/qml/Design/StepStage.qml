pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// Shows the screen of the present step. pages: step name → Component; all of them are compiled at the start.
Item {
    id: stage

    required property var pages
    // The next page is made bit by bit while the one before stays on the glass: the page, its rows, what is around it.
    // Nothing stands still for long, and no touch is meant for what nobody has seen.
    property bool patient: false
    property Loader shown: one
    readonly property Loader spare: shown === one ? two : one
    readonly property bool turning: spare.sourceComponent !== null

    function turn(): void {
        const page = Visit.page === "" ? null : stage.pages[Visit.page] ?? lost;
        stage.spare.sourceComponent = null;
        if (!stage.patient || stage.shown.item === null || page === null) {
            Ime.drop();
            stage.shown.sourceComponent = page;
            stage.dress(stage.shown);
            stage.present(stage.shown, true);
            Visit.arrive();
            return;
        }
        Visit.turn();
        stage.spare.sourceComponent = page;
        next.restart();
    }

    function dress(place: Loader): void {
        const item = place.item as StageItem;
        if (item !== null)
            item.dressed = true;
    }

    function present(place: Loader, here: bool): void {
        const item = place.item as StageItem;
        if (item !== null)
            item.here = here;
    }

    function arrive(): void {
        const old = stage.shown;
        Ime.drop();
        stage.present(old, false);
        stage.shown = stage.spare;
        stage.shown.focus = true;
        old.sourceComponent = null;
        stage.present(stage.shown, true);
        Visit.arrive();
    }

    anchors.fill: parent
    Component.onCompleted: turn()

    Connections {
        target: Visit

        function onPageChanged(): void {
            stage.turn();
        }
    }

    // Whatever waits is heard between the bits.
    Timer {
        id: next

        interval: 1
        onTriggered: {
            const item = stage.spare.item as StageItem;
            const whole = Visit.fill();
            if (whole && (item === null || item.dressed)) {
                stage.arrive();
                return;
            }
            if (whole)
                stage.dress(stage.spare);
            next.restart();
        }
    }

    Page {
        id: one

        focus: true
    }

    Page {
        id: two
    }

    // A page that is being left hears nothing more.
    MouseArea {
        anchors.fill: parent
        z: 2
        visible: stage.turning
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

    component Page: Loader {
        id: place

        readonly property bool here: stage.shown === place

        anchors.fill: parent
        z: here ? 1 : -1
        opacity: here ? 1 : 0
    }
}
