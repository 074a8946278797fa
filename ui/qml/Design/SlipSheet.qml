pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// The slip as it comes out of the help bar: its newest lines, and the whole of it at one touch.
Item {
    id: root

    property var slip: Visit.slip
    property Rows lines: Visit.slipLines
    property int newest: 3
    property bool open: false
    property real fullHeight: 1200
    property int count: lines.rowCount()
    readonly property real closedHeight: head.height + 36 + shown.height + 18

    signal edited(string name)

    implicitHeight: open ? fullHeight : closedHeight
    clip: true

    Behavior on implicitHeight {
        enabled: !Theme.still

        NumberAnimation {
            duration: Theme.riseTime
            easing.type: Easing.OutQuad
        }
    }

    Connections {
        target: root.lines

        function onRowsInserted(): void {
            root.count = root.lines.rowCount();
        }

        function onRowsRemoved(): void {
            root.count = root.lines.rowCount();
        }
    }

    TornSheet {
        width: parent.width
        height: root.fullHeight + Theme.tooth
        tornBottom: false
        padding: 36

        MouseArea {
            id: pull

            objectName: root.open ? "slip_close" : "slip_open"
            x: -36
            y: -36
            width: parent.width + 72
            height: head.height + 60
            Accessible.role: Accessible.Button
            Accessible.name: root.open ? Say.t("slip.close") : Say.t("slip.open")
            Accessible.onPressAction: root.open = !root.open
            onClicked: root.open = !root.open
            activeFocusOnTab: true
            Keys.onSpacePressed: root.open = !root.open
            Keys.onReturnPressed: root.open = !root.open
            Keys.onEnterPressed: root.open = !root.open
        }

        // Inside its target: outside it there is the edge of the paper, and the page.
        Rectangle {
            x: pull.x + 14
            y: pull.y + 26
            width: pull.width - 28
            height: pull.height - 34
            visible: pull.activeFocus
            radius: Theme.radiusButton
            color: "transparent"
            border.width: Theme.focusWidth
            border.color: Theme.ink
        }

        SlipHead {
            id: head

            width: parent.width
            slip: root.slip
            chevron: root.open ? "chevron-down" : "chevron-up"
        }

        Flickable {
            y: head.height
            width: parent.width + 72
            x: -36
            height: root.height - 36 - head.height
            contentHeight: shown.height + 24
            interactive: root.open && contentHeight > height
            clip: true

            Column {
                id: shown

                x: 36
                y: 8
                width: parent.width - 72

                Repeater {
                    model: root.lines

                    // A line is made when it is shown.
                    Loader {
                        id: place

                        required property var row
                        required property int index

                        width: shown.width
                        active: root.open || index >= root.count - root.newest
                        visible: active
                        sourceComponent: SlipLineRow {
                            row: place.row
                            editable: root.open
                            last: place.index === root.count - 1
                            onEdited: {
                                root.open = false;
                                root.edited(place.row.edit);
                            }
                        }
                    }
                }

                SealPlace {
                    visible: root.open
                    anchors.right: parent.right
                    slip: root.slip
                }
            }
        }
    }
}
