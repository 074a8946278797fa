pragma ComponentBehavior: Bound

import QtQuick

// Hairlines, no zebra; a group's name and icon once; the active row holds the scan field; verdict last.
// columns: list of {key, title, x, bold?}. rows: {key, group, groupIcon, first (of its group), cells {key: text},
// state (ok | scan | stop | wait | todo | ""), verdict, active, parts? {column: [{text, wrong}]}, scan? column}.
// ``typing`` turns the scan field of the active row into one that a person types in.
Item {
    id: table

    required property var columns
    required property var rows
    readonly property var verdict: columns.find(c => c.key === "verdict")
    readonly property real verdictX: verdict?.x ?? width - 140
    property string scanHint: Say.t("table.scan")
    property bool typing: false
    property string typingHint: ""

    signal chosen(string key)
    signal reached(real y, real height) // where the active row is, when it moved
    signal typed(string text)

    function room(n: int): real {
        return (n + 1 < table.columns.length ? table.columns[n + 1].x : table.width) - table.columns[n].x - 16;
    }

    implicitHeight: head.height + body.height

    Item {
        id: head

        width: parent.width
        height: Math.max(40, Theme.px(40) - 6)

        Repeater {
            model: table.columns

            LabelText {
                required property var modelData

                x: modelData.x
                anchors.verticalCenter: parent?.verticalCenter
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
                property real tallest: 0

                function measure(): void {
                    let most = 0;
                    for (let n = 0; n < cells.count; n++)
                        most = Math.max(most, (cells.itemAt(n) as TableCell)?.needs ?? 0);
                    line.tallest = most;
                }

                function reach(): void {
                    if (line.row.active)
                        table.reached(line.y + head.height, line.height);
                }

                onRowChanged: Qt.callLater(line.reach)
                width: body.width
                height: Math.max(row.active && row.scan ? 64 : Theme.row, tallest + 14)
                objectName: "row_" + row.key
                Accessible.role: Accessible.Row
                Accessible.name: [row.group, ...table.columns.map(c => row.cells[c.key] ?? ""), row.verdict].filter(t => t !== "").join(" ")
                Accessible.onPressAction: table.chosen(row.key)

                MouseArea {
                    anchors.fill: parent
                    onClicked: table.chosen(line.row.key)
                }

                Rectangle {
                    anchors.fill: parent
                    visible: line.row.active
                    color: Theme.actWash
                    border.width: Theme.washEdge
                    border.color: Theme.act

                    Rectangle {
                        width: parent.width
                        height: 2
                        color: Theme.act
                    }

                    Rectangle {
                        y: parent.height - height
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
                    id: cells

                    model: table.columns.filter(c => c.key !== "verdict")

                    TableCell {
                        required property var modelData
                        required property int index

                        row: line.row
                        column: modelData
                        x: modelData.x
                        room: table.room(index)
                        height: line.height
                        scanHint: table.scanHint
                        typing: table.typing
                        typingHint: table.typingHint
                        onNeedsChanged: line.measure()
                        onTyped: text => table.typed(text)
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
