pragma ComponentBehavior: Bound

import QtQuick

// Hairlines, no zebra; a group's name and icon once; the active row holds the scan field; verdict last.
// columns: list of {key, title, x, bold?}. rows: {key, group, groupIcon, first (of its group), cells {key: text},
// state (ok | scan | stop | wait | todo | ""), verdict, active, parts? {column: [{text, wrong}]}, scan? column}.
Item {
    id: table

    required property var columns
    required property var rows
    readonly property real verdictX: columns.find(c => c.key === "verdict")?.x ?? width - 140
    property string scanHint: Say.t("table.scan")

    signal chosen(string key)

    implicitHeight: head.height + body.height

    Item {
        id: head

        width: parent.width
        height: 40

        Repeater {
            model: table.columns

            LabelText {
                required property var modelData

                x: modelData.x
                anchors.verticalCenter: parent.verticalCenter
                text: modelData.title
                strong: true
                wrapMode: Text.NoWrap
            }
        }

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 2
            color: Theme.edge
        }
    }

    Column {
        id: body

        y: head.height
        width: parent.width

        Repeater {
            id: repeater

            model: table.rows

            Item {
                id: line

                required property var row
                required property int index

                width: body.width
                height: row.active ? 64 : 43
                objectName: "row_" + row.key
                Accessible.role: Accessible.Row
                Accessible.name: [row.group, ...table.columns.map(c => row.cells[c.key] ?? ""), row.verdict].join(" ")
                Accessible.onPressAction: table.chosen(row.key)

                MouseArea {
                    anchors.fill: parent
                    onClicked: table.chosen(line.row.key)
                }

                Rectangle {
                    anchors.fill: parent
                    visible: line.row.active
                    color: Theme.actWash

                    Rectangle {
                        width: parent.width
                        height: 2
                        color: Theme.act
                    }
                }

                Rectangle {
                    x: line.row.first ? 0 : table.columns.length > 1 ? table.columns[1].x : 0
                    width: parent.width - x
                    height: line.row.first ? 2 : 1
                    visible: line.index > 0 && !line.row.active
                    color: line.row.first ? Theme.finished : Theme.line
                }

                Icon {
                    x: 12
                    anchors.verticalCenter: parent.verticalCenter
                    visible: line.row.first && name !== ""
                    name: line.row.groupIcon
                    size: 28
                }

                Repeater {
                    model: table.columns

                    Item {
                        id: cell

                        required property var modelData
                        required property int index
                        readonly property var parts: line.row.parts !== undefined ? line.row.parts[modelData.key] : undefined
                        readonly property bool scans: line.row.active && line.row.scan === modelData.key
                        readonly property real room: (index + 1 < table.columns.length ? table.columns[index + 1].x : table.width) - modelData.x - 16

                        x: modelData.x
                        width: room
                        height: line.height

                        BodyText {
                            anchors.verticalCenter: parent.verticalCenter
                            width: parent.width
                            visible: cell.parts === undefined && !cell.scans
                            text: line.row.cells[cell.modelData.key] ?? ""
                            strong: cell.modelData.bold === true
                            color: Theme.ink
                            wrapMode: Text.NoWrap
                        }

                        Rectangle {
                            anchors.verticalCenter: parent.verticalCenter
                            x: -10
                            width: parent.width + 10
                            height: 36
                            visible: cell.parts !== undefined
                            radius: 6
                            color: Theme.stopWash
                            border.width: Theme.washEdge
                            border.color: Theme.stop

                            DiffText {
                                x: 10
                                anchors.verticalCenter: parent.verticalCenter
                                parts: cell.parts ?? []
                            }
                        }

                        Rectangle {
                            anchors.verticalCenter: parent.verticalCenter
                            x: -10
                            width: parent.width + 10
                            height: 44
                            visible: cell.scans
                            radius: 6
                            color: Theme.sheet
                            border.width: 3
                            border.color: Theme.act

                            Icon {
                                id: scanMark

                                x: 12
                                anchors.verticalCenter: parent.verticalCenter
                                name: "scan"
                                size: 22
                                color: Theme.act
                            }

                            LabelText {
                                anchors.verticalCenter: parent.verticalCenter
                                x: 46
                                text: table.scanHint
                                wrapMode: Text.NoWrap
                            }
                        }
                    }
                }

                Chip {
                    x: table.verdictX
                    anchors.verticalCenter: parent.verticalCenter
                    visible: line.row.verdict !== ""
                    bare: true
                    state2: line.row.state
                    text: line.row.verdict
                    size: Theme.label
                }
            }
        }
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 2
        color: Theme.finished
    }
}
