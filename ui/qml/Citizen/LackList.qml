pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// What is still missing, in one place: each with its remedy, and a way to it where a field is meant.
Rectangle {
    id: lack

    required property Rows rows

    signal tapped(var row)

    implicitHeight: lines.height + 24
    visible: list.count > 0
    radius: 10
    color: Theme.stopWash
    border.width: Theme.washEdge
    border.color: Theme.stop
    Accessible.role: Accessible.AlertMessage
    Accessible.name: Say.t("name_people.lacking")

    Rectangle {
        width: 8
        height: parent.height
        radius: 4
        color: Theme.stop
    }

    Column {
        id: lines

        x: 40
        y: 12
        width: parent.width - x - 28

        Repeater {
            id: list

            model: lack.rows

            Item {
                id: line

                required property var row
                readonly property color tint: Theme.stateColor(row.state)

                objectName: "lack_" + row.key
                width: lines.width
                height: Math.max(words.height + 20, way.visible ? way.height : 0)
                Accessible.role: Accessible.StaticText
                Accessible.name: row.text + " " + row.detail

                Icon {
                    id: mark

                    y: words.y + 6
                    name: Theme.stateIcon(line.row.state)
                    size: Theme.iconSmall
                    strong: true
                    color: line.tint
                }

                Column {
                    id: words

                    x: mark.width + 22
                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width - x - (way.visible ? way.width + 24 : 0)

                    BodyText {
                        width: parent.width
                        text: line.row.text
                        strong: true
                        font.pixelSize: Theme.slipLine
                        color: line.tint
                        Accessible.ignored: true
                    }

                    LabelText {
                        width: parent.width
                        text: line.row.detail
                        color: Theme.ink
                        Accessible.ignored: true
                    }
                }

                TextLink {
                    id: way

                    objectName: "mend_" + line.row.key
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    visible: text !== ""
                    text: line.row.button
                    Accessible.name: line.row.button + " " + line.row.text
                    onClicked: lack.tapped(line.row)
                }
            }
        }
    }
}
