pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// A paper as the printer would have it: page by page, larger and smaller, and from here to the printer or back.
Rectangle {
    id: look

    required property ClerkPage page
    readonly property var keys: page.view.rows("paperKeys")

    function press(name: string): void {
        if (name === "Up" || name === "Down") {
            look.scroll(name === "Up" ? -1 : 1);
            return;
        }
        for (let i = 0; i < look.keys.rowCount(); i++) {
            const row = look.keys.row(i);
            if (row.shortcut === name && row.enabled)
                look.run(row.action);
        }
    }

    function run(name: string): void {
        if (name === "before" || name === "after") {
            Visit.note("paperAt", look.page.d.paperAt + (name === "before" ? -1 : 1));
            sheet.contentY = 0;
        } else if (name === "smaller" || name === "larger") {
            Visit.note("paperZoom", look.page.d.paperZoomAt + (name === "smaller" ? -1 : 1));
        } else {
            Visit.act("paper_" + name, {});
        }
    }

    function scroll(way: int): void {
        const most = Math.max(0, sheet.contentHeight - sheet.height);
        sheet.contentY = Math.max(0, Math.min(most, sheet.contentY + way * sheet.height / 2));
    }

    anchors.fill: parent
    visible: page.d.paper
    z: 90
    color: Theme.contrast ? "#E6000000" : "#8C1B1A18"
    Accessible.role: Accessible.Dialog
    Accessible.name: page.d.paperTitle

    onVisibleChanged: {
        Visit.keep({
            "paperAt": 0,
            "paperZoom": 0
        });
        sheet.contentY = 0;
    }

    MouseArea {
        objectName: "dialog_scrim"
        anchors.fill: parent
        onClicked: look.run("close")
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

        SerifTitle {
            x: 32
            y: 24
            width: tools.x - 64
            text: look.page.d.paperTitle
            font.pixelSize: Theme.px(26)
        }

        BodyText {
            objectName: "paper_said"
            x: 32
            y: 24 + Theme.px(44)
            width: tools.x - 64
            text: look.page.d.paperSaid
        }

        Column {
            id: tools

            anchors.right: parent.right
            anchors.rightMargin: 32
            y: 96
            width: 300
            spacing: Theme.gap

            Repeater {
                model: look.keys

                ActButton {
                    required property var row

                    objectName: "paper_" + row.action
                    width: tools.width
                    kind: row.action === "print" ? "primary" : "secondary"
                    symbol: row.icon
                    text: row.words
                    shortcut: row.shortcut
                    enabled: row.enabled
                    onClicked: look.run(row.action)
                }
            }
        }

        Rectangle {
            x: 32
            y: 96 + Theme.px(24)
            width: tools.x - 64
            height: parent.height - y - 32
            color: Theme.wash
            clip: true

            Icon {
                anchors.centerIn: parent
                visible: !look.page.d.paperMade
                name: "busy"
                size: 96
                color: Theme.ghost
            }

            Flickable {
                id: sheet

                readonly property real whole: Math.min(height / look.page.d.paperHigh, width / look.page.d.paperWide)
                readonly property real factor: whole * look.page.d.paperZoom

                objectName: "paper_sheet"
                anchors.fill: parent
                anchors.margins: 8
                visible: look.page.d.paperMade
                contentWidth: Math.max(width, place.width)
                contentHeight: Math.max(height, place.height)
                boundsBehavior: Flickable.StopAtBounds
                Accessible.role: Accessible.Graphic
                Accessible.name: look.page.d.paperSaid

                Item {
                    id: place

                    x: (sheet.contentWidth - width) / 2
                    width: look.page.d.paperWide * sheet.factor
                    height: look.page.d.paperHigh * sheet.factor

                    Binding {
                        target: Visit.desk
                        property: "parent"
                        value: place
                        when: look.visible
                    }

                    Binding {
                        target: Visit.desk
                        property: "width"
                        value: place.width
                        when: look.visible
                    }

                    Binding {
                        target: Visit.desk
                        property: "height"
                        value: place.height
                        when: look.visible
                    }
                }
            }
        }
    }
}
