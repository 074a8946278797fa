pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// One instruction at a time; face or in person, two equal ways.
CitizenPage {
    id: page

    readonly property string hint: Visit.preview.hint
    readonly property bool looking: d.mode === "face" || d.mode === "verifying"
    readonly property bool wordsOnly: Theme.scale > 1.6 && !lying
    // How far the picture is from being taken: every gate that it has passed.
    readonly property var gates: ({
            "": 0,
            "nobody": 0,
            "several": 0.15,
            "too_dark": 0.3,
            "too_bright": 0.3,
            "come_closer": 0.5,
            "step_back": 0.5,
            "to_the_middle": 0.6,
            "covered": 0.65,
            "turn_head": 0.7,
            "blink": 0.7,
            "nod": 0.7,
            "look_straight": 0.75,
            "hold_still": 0.9,
            "good": 1
        })

    slipShown: d.slipShown && !(looking && lowered)
    low: d.mode === "choose" ? ways.height + kept.height + spacing : 0

    // With the keys lowered the picture, which is only looked at, stands above what can be touched.
    Loader {
        parent: page.upper
        width: parent.width
        height: parent.height
        active: page.looking && page.contentLowered
        sourceComponent: Seen {}
    }

    Grid {
        width: page.bodyWidth
        columns: page.looking || page.d.mode === "in_person" ? page.halves : 1
        columnSpacing: Theme.s5
        rowSpacing: Theme.s3

        Seen {
            width: page.halfWidth
            height: page.lying ? 440 : Math.max(440, Math.min(implicitHeight, page.bodyHeight - ways.height - kept.height - 2 * Theme.s3 - page.saidHeight - 16))
            visible: page.looking && !page.contentLowered
        }

        Rectangle {
            width: page.halfWidth
            // In the largest text only the words: the two ways below are what has to be seen.
            height: page.wordsOnly ? waits.implicitHeight + Theme.s5 : Theme.pick(0, 420, 380, 380) - (aid.visible ? Math.min(140, aid.height) : 0)
            visible: !page.looking && page.d.mode !== "choose" && !(page.lying && page.d.mode === "stopped") && !(page.told && (page.contentLowered || page.wordsOnly))
            radius: 18
            color: Theme.wash
            border.width: Theme.washEdge
            border.color: Theme.edge

            Column {
                id: waits

                anchors.centerIn: parent
                width: parent.width - 96
                spacing: Theme.s3

                Icon {
                    anchors.horizontalCenter: parent.horizontalCenter
                    visible: !page.wordsOnly
                    name: page.d.mode === "in_person" ? "people" : "face"
                    size: 150
                    color: Theme.act
                }

                BodyText {
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    text: page.d.start
                    strong: true
                    font.pixelSize: Theme.px(42)
                    color: Theme.ink
                }
            }
        }

        Column {
            width: page.looking || page.d.mode === "in_person" ? page.halfWidth : page.bodyWidth
            spacing: page.spacing

            TwoWays {
                id: ways

                width: parent.width
                least: page.d.mode === "choose" ? Theme.px(page.lying ? 240 : 320) : 0
                options: page.view.rows("ways")
                onTapped: row => page.tap(row)
            }

            FactRow {
                id: aid

                objectName: "aid"
                width: parent.width
                visible: detail !== ""
                symbol: "info"
                detail: page.d.aid
            }

            FactRow {
                id: kept

                width: parent.width
                symbol: "lock"
                detail: page.d.kept
                last: true
            }
        }
    }

    component Seen: CameraSlot {
        objectName: "camera"
        progress: page.d.mode === "verifying" ? 1 : page.gates[page.hint] ?? 0
        words: page.d.mode === "face" && page.hint !== "" ? page.d.hints[page.hint] ?? "" : page.d.start
        symbol: page.d.mode === "verifying" ? "busy" : page.hint === "good" ? "check" : "closer"
    }
}
