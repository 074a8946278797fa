pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// A material's page on the left, as large and as turned as wanted; on the right the data that it proves, line by line.
Rectangle {
    id: look

    required property ClerkPage page
    readonly property var keys: page.view.rows("materialKeys")
    readonly property var facts: page.view.rows("materialFacts")

    function press(name: string): void {
        if (name === "Up" || name === "Down") {
            const last = look.facts.rowCount() - 1;
            Visit.note("fact", Math.max(0, Math.min(last, look.page.d.materialFact + (name === "Up" ? -1 : 1))));
            return;
        }
        if (name === "Left" || name === "Right") {
            look.move(name === "Left" ? -1 : 1);
            return;
        }
        for (let i = 0; i < look.keys.rowCount(); i++) {
            const row = look.keys.row(i);
            if (row.shortcut === name && row.enabled)
                look.run(row.action);
        }
    }

    // Over a large picture in the order in which one reads: to the right, then on from the left a little lower.
    function move(way: int): void {
        const wide = sheet.contentWidth - sheet.width, high = sheet.contentHeight - sheet.height;
        if (way > 0 ? sheet.contentX < wide : sheet.contentX > 0) {
            sheet.contentX = Math.max(0, Math.min(wide, sheet.contentX + way * sheet.width * 0.8));
            return;
        }
        sheet.contentX = way > 0 ? 0 : wide;
        sheet.contentY = Math.max(0, Math.min(high, sheet.contentY + way * sheet.height * 0.8));
    }

    function run(name: string): void {
        if (name === "smaller" || name === "larger") {
            Visit.note("materialZoom", look.page.d.materialZoomAt + (name === "smaller" ? -1 : 1));
        } else if (name === "turn") {
            Visit.note("materialTurn", (look.page.d.materialTurn + 1) % 4);
        } else {
            Visit.act(name, {});
            if (name === "agrees")
                Visit.act("material_close", {});
        }
    }

    anchors.fill: parent
    visible: page.d.material
    z: 88
    color: Theme.contrast ? "#E6000000" : "#8C1B1A18"
    Accessible.role: Accessible.Dialog
    Accessible.name: page.d.materialTitle

    onVisibleChanged: {
        Visit.keep({
            "fact": 0,
            "materialTurn": 0,
            "materialZoom": 0
        });
    }

    MouseArea {
        objectName: "dialog_scrim"
        anchors.fill: parent
        onClicked: look.run("material_close")
    }

    Rectangle {
        x: 40
        y: 28
        width: parent.width - 80
        height: parent.height - 56
        radius: 18
        color: Theme.sheet
        border.width: Theme.hairline
        border.color: Theme.edge

        MouseArea {
            anchors.fill: parent
        }

        Rectangle {
            id: glass

            x: 32
            y: 32
            width: side.x - 64
            height: parent.height - 64
            color: Theme.wash
            clip: true

            Icon {
                anchors.centerIn: parent
                visible: !look.page.d.materialMade
                name: "busy"
                size: 96
                color: Theme.ghost
            }

            Flickable {
                id: sheet

                readonly property bool lies: look.page.d.materialTurn % 2 === 1

                objectName: "material_sheet"
                anchors.fill: parent
                anchors.margins: 8
                visible: look.page.d.materialMade
                contentWidth: width * look.page.d.materialZoom
                contentHeight: height * look.page.d.materialZoom
                boundsBehavior: Flickable.StopAtBounds
                Accessible.role: Accessible.Graphic
                Accessible.name: look.page.d.materialSaid

                Item {
                    id: place

                    width: sheet.contentWidth
                    height: sheet.contentHeight

                    Item {
                        id: turned

                        anchors.centerIn: parent
                        width: sheet.lies ? place.height : place.width
                        height: sheet.lies ? place.width : place.height
                        rotation: 90 * look.page.d.materialTurn

                        Binding {
                            target: Visit.desk
                            property: "parent"
                            value: turned
                            when: look.visible
                        }

                        Binding {
                            target: Visit.desk
                            property: "width"
                            value: turned.width
                            when: look.visible
                        }

                        Binding {
                            target: Visit.desk
                            property: "height"
                            value: turned.height
                            when: look.visible
                        }
                    }
                }
            }
        }

        Column {
            id: side

            x: parent.width - width - 32
            y: 28
            width: 620
            spacing: 10

            SerifTitle {
                width: parent.width
                text: look.page.d.materialTitle
                font.pixelSize: Theme.px(24)
            }

            BodyText {
                objectName: "material_said"
                width: parent.width
                text: look.page.d.materialSaid
            }

            Column {
                id: lines

                width: parent.width

                Repeater {
                    model: look.facts

                    Rectangle {
                        id: fact

                        required property var row

                        objectName: "fact_" + row.key
                        width: lines.width
                        height: Math.max(48, value.height + 18)
                        radius: 6
                        color: row.marked ? Theme.actWash : "transparent"
                        border.width: row.marked ? 2 : 0
                        border.color: Theme.act

                        LabelText {
                            id: label

                            x: 12
                            anchors.verticalCenter: parent.verticalCenter
                            width: Theme.px(104)
                            text: fact.row.label
                            color: Theme.ink2
                        }

                        BodyText {
                            id: value

                            x: label.x + label.width + 8
                            anchors.verticalCenter: parent.verticalCenter
                            width: parent.width - x - (fact.row.differs ? Theme.px(110) : 12)
                            text: fact.row.value
                            strong: true
                            color: Theme.ink
                        }

                        Chip {
                            anchors.right: parent.right
                            anchors.rightMargin: 12
                            anchors.verticalCenter: parent.verticalCenter
                            visible: fact.row.differs
                            bare: true
                            state2: "stop"
                            text: fact.row.words
                        }
                    }
                }
            }

            LabelText {
                width: parent.width
                text: look.page.d.materialHow
                color: Theme.ink2
            }

            Grid {
                width: parent.width
                columns: 2
                spacing: 10

                Repeater {
                    model: look.keys

                    ActButton {
                        required property var row

                        objectName: "material_" + row.action
                        width: (side.width - 10) / 2
                        implicitHeight: 52
                        focusPolicy: Qt.NoFocus
                        kind: "secondary"
                        symbol: row.icon
                        text: row.words
                        shortcut: row.shortcut
                        enabled: row.enabled
                        onClicked: look.run(row.action)
                    }
                }
            }
        }
    }
}
