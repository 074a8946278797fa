pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// The queue beside the case: the next is called here, who is here stands in blue, who waits below it.
Column {
    id: rail

    required property ClerkPage page
    readonly property var d: page.d

    width: parent ? (parent as Item).width : 0
    spacing: 8

    Repeater {
        model: rail.page.view.rows("queueKeys")

        ActButton {
            required property var row

            objectName: "queue_" + row.key
            visible: row.key === "call_next"
            width: rail.width
            symbol: "speaker"
            text: row.words
            shortcut: row.shortcut
            enabled: row.enabled
            onClicked: rail.page.act(row.action)
        }
    }

    Rectangle {
        objectName: "queue_here"
        width: rail.width
        height: who.height + 20
        visible: rail.d.here !== ""
        radius: Theme.radiusButton
        color: Theme.act
        Accessible.role: Accessible.StaticText
        Accessible.name: [rail.d.here, rail.d.hereWords].join(" ")

        Column {
            id: who

            x: 14
            y: 10
            width: parent.width - 28

            Item {
                width: parent.width
                height: number.height

                BodyText {
                    id: number

                    text: rail.d.here
                    strong: true
                    font.pixelSize: Theme.px(24)
                    color: Theme.onFill
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }

                BodyText {
                    readonly property int seconds: Math.max(0, Math.floor((Visit.clock - rail.d.hereAt) / 1000))

                    anchors.right: parent.right
                    anchors.baseline: number.baseline
                    visible: rail.d.hereAt > 0
                    text: String(Math.floor(seconds / 60)).padStart(2, "0") + ":" + String(seconds % 60).padStart(2, "0")
                    color: Theme.onFill
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }
            }

            LabelText {
                width: parent.width
                text: rail.d.hereWords
                color: Theme.onFill
                Accessible.ignored: true
            }
        }
    }

    // What else may be done with a number now, each with its key.
    Flow {
        width: rail.width
        spacing: 4

        Repeater {
            model: rail.page.view.rows("queueKeys")

            MouseArea {
                id: way

                required property var row

                objectName: "queue_" + row.key
                visible: row.enabled && row.key !== "call_next"
                width: Theme.elder || row.shortcut.length > 3 ? rail.width : (rail.width - 4) / 2
                height: Theme.target
                Accessible.role: Accessible.Button
                Accessible.name: row.words + " " + row.shortcut
                Accessible.onPressAction: rail.page.act(row.action)
                onClicked: rail.page.act(row.action)

                KeyCap {
                    id: cap

                    anchors.verticalCenter: parent.verticalCenter
                    text: way.row.shortcut
                    color2: Theme.act
                }

                LabelText {
                    x: cap.width + 6
                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width - x
                    text: way.row.words
                    color: Theme.act
                    strong: true
                    lineHeight: 0.9
                    Accessible.ignored: true
                }
            }
        }
    }

    LabelText {
        objectName: "queue_said"
        width: rail.width
        visible: text !== ""
        text: [rail.d.queueSaid, rail.d.queueAsOf].filter(t => t !== "").join(" ")
        color: Theme.wait
        strong: true
    }

    Item {
        width: rail.width
        height: title.height

        BodyText {
            id: title

            text: rail.d.waitingTitle
            strong: true
            color: Theme.ink
            wrapMode: Text.NoWrap
        }

        LabelText {
            anchors.right: parent.right
            anchors.baseline: title.baseline
            text: rail.d.longest
            wrapMode: Text.NoWrap
        }
    }

    Column {
        width: rail.width
        visible: !Theme.elder

        Repeater {
            model: rail.page.view.rows("waiting")

            Item {
                id: waits

                required property var row

                objectName: "waits_" + row.key
                width: rail.width
                height: 32
                Accessible.role: Accessible.Row
                Accessible.name: [row.number, row.words, row.minutes].join(" ")

                BodyText {
                    id: drawn

                    anchors.verticalCenter: parent.verticalCenter
                    text: waits.row.number
                    strong: true
                    color: Theme.ink
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }

                LabelText {
                    x: drawn.width + 10
                    anchors.baseline: drawn.baseline
                    text: waits.row.words
                    color: Theme.wait
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }

                LabelText {
                    anchors.right: parent.right
                    anchors.baseline: drawn.baseline
                    text: waits.row.minutes
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }

                Rectangle {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: 1
                    color: Theme.line
                }
            }
        }
    }

    Item {
        width: 1
        height: 4
    }
}
