pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Read from the back of the hall: the called number is the only large block; below it the other windows, beside it
// how many wait; at the foot what everybody should know.
Rectangle {
    id: page

    readonly property PageModel view: Visit.view()
    readonly property var d: view.data
    readonly property int margin: 72
    readonly property real broad: Math.round((width - 3 * margin) * 0.68)

    width: parent ? (parent as Item).width : 0
    height: parent ? (parent as Item).height : 0
    color: Theme.paper

    component Said: Text {
        font.family: Theme.sans
        font.pixelSize: 36
        color: Theme.ink
        textFormat: Text.PlainText
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }

    Row {
        x: page.margin
        y: 48
        height: 72
        spacing: 24

        Mark {
            anchors.verticalCenter: parent.verticalCenter
        }

        Said {
            anchors.verticalCenter: parent.verticalCenter
            text: page.d.title
            font.bold: true
            font.pixelSize: 40
        }

        Said {
            anchors.verticalCenter: parent.verticalCenter
            visible: Theme.training
            text: Say.t("training")
            font.pixelSize: 34
            color: Theme.wait
        }
    }

    Row {
        anchors.right: parent.right
        anchors.rightMargin: page.margin
        y: 48
        height: 72
        spacing: 32

        Said {
            anchors.verticalCenter: parent.verticalCenter
            text: page.d.day
            color: Theme.ink2
        }

        Said {
            objectName: "clock"
            anchors.verticalCenter: parent.verticalCenter
            text: Visit.time
            font.bold: true
            font.pixelSize: 60
        }
    }

    Rectangle {
        id: called

        x: page.margin
        y: 160
        width: page.broad
        height: 328
        radius: 20
        color: page.d.number !== "" ? Theme.act : Theme.wash
        border.width: page.d.number !== "" ? 0 : 2
        border.color: Theme.edge

        Said {
            x: 56
            y: 36
            text: page.d.number !== "" ? page.d.calledWords : page.d.nobodyWords
            font.pixelSize: 40
            color: page.d.number !== "" ? Theme.onFill : Theme.ink2
        }

        Said {
            objectName: "called_number"
            x: 52
            y: 104
            text: page.d.number !== "" ? page.d.number : page.d.nobody
            font.bold: true
            font.family: page.d.number !== "" ? Theme.sans : Theme.serif
            font.pixelSize: page.d.number === "" ? 96 : page.d.number.length > 5 ? 112 : 160
            color: page.d.number !== "" ? Theme.onFill : Theme.ink
        }

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.horizontalCenterOffset: 40
            y: 168
            visible: page.d.number !== ""
            name: "arrow-right"
            size: 96
            color: Theme.onFill
        }

        Row {
            anchors.right: parent.right
            anchors.rightMargin: 56
            y: 104
            visible: page.d.number !== ""
            layoutDirection: Spoken.language === "zh" ? Qt.LeftToRight : Qt.RightToLeft
            spacing: 24

            Said {
                id: windowNumber

                objectName: "called_window"
                text: page.d.window
                font.bold: true
                font.pixelSize: 160
                color: Theme.onFill
            }

            Said {
                anchors.baseline: windowNumber.baseline
                text: page.d.windowWords
                font.family: Theme.serif
                font.bold: true
                font.pixelSize: 64
                color: Theme.onFill
            }
        }
    }

    Column {
        x: page.margin
        y: called.y + called.height + 24
        width: page.broad

        Repeater {
            model: page.view.rows("windows")

            Item {
                id: line

                required property var row

                objectName: "window_" + row.key
                width: page.broad
                height: 102
                Accessible.role: Accessible.Row
                Accessible.name: [row.number, row.window, row.words].join(" ")

                Said {
                    x: 52
                    anchors.verticalCenter: parent.verticalCenter
                    text: line.row.number !== "" ? line.row.number : "—"
                    font.bold: true
                    font.pixelSize: 60
                    color: line.row.number !== "" ? Theme.ink : Theme.ink3
                    Accessible.ignored: true
                }

                Icon {
                    x: page.broad * 0.35
                    anchors.verticalCenter: parent.verticalCenter
                    name: "arrow-right"
                    size: 44
                    color: Theme.ink3
                }

                Row {
                    x: page.broad * 0.46
                    anchors.verticalCenter: parent.verticalCenter
                    layoutDirection: Spoken.language === "zh" ? Qt.LeftToRight : Qt.RightToLeft
                    spacing: 16

                    Said {
                        id: number

                        text: line.row.window
                        font.bold: true
                        font.pixelSize: 56
                        Accessible.ignored: true
                    }

                    Said {
                        anchors.baseline: number.baseline
                        text: page.d.windowWords
                        font.bold: true
                        font.pixelSize: 44
                        Accessible.ignored: true
                    }
                }

                Row {
                    anchors.right: parent.right
                    anchors.rightMargin: 24
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: 14

                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        name: Theme.stateIcon(line.row.state)
                        size: 36
                        strong: true
                        color: Theme.stateColor(line.row.state)
                    }

                    Said {
                        anchors.verticalCenter: parent.verticalCenter
                        text: line.row.words
                        font.bold: true
                        color: Theme.stateColor(line.row.state)
                        Accessible.ignored: true
                    }
                }

                Rectangle {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: 2
                    color: Theme.line
                }
            }
        }
    }

    TornSheet {
        id: slip

        x: page.margin * 2 + page.broad
        y: 160
        width: page.width - x - page.margin
        padding: 40

        Column {
            width: parent.width

            Item {
                width: parent.width
                height: heading.height + 20

                Said {
                    id: heading

                    text: page.d.slipTitle
                    font.family: Theme.serif
                    font.bold: true
                    font.pixelSize: 44
                }

                Said {
                    anchors.right: parent.right
                    anchors.baseline: heading.baseline
                    text: page.d.asOf
                    font.pixelSize: 34
                    color: Theme.ink2
                }
            }

            DashLine {
                width: parent.width
            }

            Repeater {
                model: page.view.rows("facts")

                Item {
                    id: fact

                    required property var row

                    objectName: "fact_" + row.key
                    width: parent?.width ?? 0
                    height: label.height + value.height + 26
                    Accessible.role: Accessible.StaticText
                    Accessible.name: row.label + " " + row.value

                    Said {
                        id: label

                        y: 10
                        text: fact.row.label
                        font.pixelSize: 34
                        color: Theme.ink2
                        Accessible.ignored: true
                    }

                    Said {
                        id: value

                        y: label.y + label.height
                        width: parent.width
                        text: fact.row.value
                        font.bold: true
                        font.pixelSize: 44
                        wrapMode: Text.Wrap
                        Accessible.ignored: true
                    }

                    Rectangle {
                        anchors.bottom: parent.bottom
                        width: parent.width
                        height: 2
                        color: Theme.line
                    }
                }
            }
        }
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 120
        color: page.d.stale !== "" ? Theme.waitWash : Theme.wash

        Rectangle {
            width: parent.width
            height: 2
            color: Theme.line
        }

        Icon {
            id: footMark

            x: page.margin
            anchors.verticalCenter: parent.verticalCenter
            name: page.d.stale !== "" ? "wifi-off" : "hand"
            size: 44
            color: page.d.stale !== "" ? Theme.wait : Theme.act
        }

        Said {
            objectName: "foot"
            x: footMark.x + 68
            anchors.verticalCenter: parent.verticalCenter
            text: page.d.stale !== "" ? page.d.stale : page.d.foot
            font.bold: true
            font.pixelSize: 40
            color: page.d.stale !== "" ? Theme.wait : Theme.ink
        }

        Said {
            anchors.right: parent.right
            anchors.rightMargin: page.margin
            anchors.verticalCenter: parent.verticalCenter
            visible: page.d.stale === ""
            text: page.d.rule
            color: Theme.ink2
        }
    }
}
