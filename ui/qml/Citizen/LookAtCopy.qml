pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// The slip as it would be printed, large: its parts one after the other, larger and smaller. Its keys stand below it,
// on lying panels beside it, in large text there above the actions; with the keys lowered the paper is above them.
CitizenPage {
    id: page

    readonly property bool flanked: lying && !Theme.elder
    readonly property bool apart: lying && Theme.elder
    readonly property bool raised: contentLowered

    broad: true

    Grid {
        id: both

        width: page.bodyWidth
        columns: page.flanked ? 2 : 1
        spacing: page.spacing

        Item {
            id: middle

            width: page.flanked ? both.width - tools.width - both.spacing : both.width
            height: Math.max(page.lying ? 420 : 480, page.seenHeight - page.saidHeight - (page.flanked || page.apart ? 4 : tools.height + both.spacing + 12))
            visible: page.d.paper && !page.raised

            Rectangle {
                id: ground

                parent: page.raised ? page.upper : middle
                anchors.fill: parent
                visible: page.d.paper
                color: Theme.wash
                border.width: Theme.hairline
                border.color: Theme.edge
                clip: true

                Icon {
                    anchors.centerIn: parent
                    visible: !page.d.made
                    name: "busy"
                    size: 120
                    color: Theme.ghost
                }

                Flickable {
                    id: sheet

                    readonly property real whole: Math.min(height / page.d.high, width / page.d.wide)
                    readonly property real factor: whole * page.d.zoom

                    objectName: "paper_sheet"
                    anchors.fill: parent
                    anchors.margins: 8
                    visible: page.d.made
                    clip: true
                    contentWidth: Math.max(width, place.width)
                    contentHeight: Math.max(height, place.height)
                    boundsBehavior: Flickable.StopAtBounds
                    interactive: place.width > width + 1 || place.height > height + 1
                    Accessible.role: Accessible.Graphic
                    Accessible.name: page.d.name

                    Item {
                        id: place

                        x: (sheet.contentWidth - width) / 2
                        y: (sheet.contentHeight - height) / 2
                        width: page.d.wide * sheet.factor
                        height: page.d.high * sheet.factor

                        Binding {
                            target: Visit.desk
                            property: "parent"
                            value: place
                            when: page.d.made
                        }

                        Binding {
                            target: Visit.desk
                            property: "width"
                            value: place.width
                            when: page.d.made
                        }

                        Binding {
                            target: Visit.desk
                            property: "height"
                            value: place.height
                            when: page.d.made
                        }
                    }
                }
            }
        }

        Item {
            id: seat

            width: tools.width
            height: tools.height
            visible: page.d.paper && !page.apart

            Grid {
                id: tools

                readonly property real tallest: {
                    let most = 0;
                    for (let i = 0; i < keys.count; i++)
                        most = Math.max(most, keys.itemAt(i)?.implicitHeight ?? 0);
                    return most;
                }

                parent: page.apart ? page : seat
                x: page.apart ? page.width - Theme.margin - width : 0
                y: page.apart ? page.askedAt + 16 : 0
                width: page.flanked ? 360 : page.apart ? page.column : both.width
                visible: page.d.paper
                columns: page.flanked ? 1 : Theme.elder ? 2 : keys.count
                spacing: Theme.gap

                Repeater {
                    id: keys

                    model: page.view.rows("tools")

                    ActButton {
                        id: key

                        required property var row

                        objectName: "paper_" + row.key
                        width: Math.floor((tools.width - (tools.columns - 1) * tools.spacing) / tools.columns)
                        height: tools.tallest
                        symbol: page.apart ? "" : row.icon
                        letters: page.apart || page.raised && Theme.elder ? Theme.label : Theme.button
                        text: row.text
                        enabled: row.enabled
                        onClicked: {
                            Visit.keep(key.row.sets);
                            sheet.contentX = 0;
                            sheet.contentY = 0;
                        }
                    }
                }
            }
        }
    }
}
