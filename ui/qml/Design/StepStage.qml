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
    property bool turning: false

    function wanted(): Component {
        return Visit.page === "" ? null : stage.pages[Visit.page] ?? lost;
    }

    function turn(): void {
        stage.spare.sourceComponent = null;
        if (!stage.patient || stage.shown.item === null || Visit.page === "") {
            Ime.drop();
            stage.shown.sourceComponent = stage.wanted();
            stage.dress(stage.shown);
            stage.turning = false;
            Visit.arrive();
            stage.present(stage.shown, true);
            return;
        }
        stage.turning = true;
        Visit.turn();
    }

    function goOn(): void {
        const item = stage.spare.item as StageItem;
        if (stage.spare.sourceComponent === null) {
            stage.spare.sourceComponent = stage.wanted();
        } else if (Visit.fill()) {
            if (item === null || item.dressed)
                stage.arrive();
            else
                stage.dress(stage.spare);
        }
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
        stage.turning = false;
        Visit.arrive();
        stage.present(stage.shown, true);
    }

    anchors.fill: parent
    Component.onCompleted: turn()

    Connections {
        target: Visit

        function onPageChanged(): void {
            stage.turn();
        }

        function onGoOn(): void {
            stage.goOn();
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

    // Off the glass while its page is made: what nobody sees is not painted.
    component Page: Loader {
        id: place

        parent: stage.shown === place ? stage : null
        width: stage.width
        height: stage.height
        z: 1
    }
}
