pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// One action, one quiet one, and the blank slip: what one visit brings, with the seal's place already waiting.
CitizenPage {
    id: page

    // In the largest text the slip comes after the keys: what most people came for is never below the fold.
    readonly property bool crowded: (Theme.scale > 1.6 || tight) && !lying && !lowered
    // Something has to be said in large text: the key keeps its place above the fold.
    readonly property bool tight: Theme.elder && told

    // Two rows of four where the words are short; longer words take three, and the room of the slip's last line.
    readonly property bool brief: Spoken.language === "zh" && !Theme.elder && !lying

    home: true
    modest: lying && tight
    visible: !Visit.rests
    title: lying || crowded && Spoken.language !== "zh" ? d.question.replace("\n", Spoken.language === "zh" ? "" : " ") : d.question
    lead: lying && tight ? "" : d.lead
    spacing: lying && tight ? Theme.s2 : Theme.s3

    TornSheet {
        id: blank

        parent: page.columned ? page : page.lowered ? page.upper : page.lying || page.crowded ? below : brings
        x: page.columned ? page.width - Theme.margin - width : 0
        y: page.columned ? 148 : 0
        width: page.columned ? page.column + 40 : page.bodyWidth
        visible: parent !== page.upper || implicitHeight <= page.upper.height
        padding: 44

        Column {
            width: parent.width

            SlipHead {
                width: parent.width
                slip: ({
                        "code": "",
                        "progress": page.d.brings
                    })
            }

            Grid {
                id: things

                width: parent.width
                columns: !page.lying && (Spoken.language === "zh" || Theme.scale < 1.6) ? 2 : 1
                columnSpacing: 56

                Repeater {
                    model: page.view.rows("brings")

                    FactRow {
                        required property var row

                        least: page.lying ? 86 : Theme.pick(0, 88, 100, 112)
                        last: row.key === "SOCIAL"
                        width: (things.width - (things.columns - 1) * things.columnSpacing) / things.columns
                        symbol: row.icon
                        text: row.text
                        detail: Theme.elder && !page.lying ? "" : row.detail
                    }
                }
            }

            Item {
                width: parent.width
                visible: (page.brief || page.lying) && !page.lowered
                height: Math.max(seal.height, note.height) + (Theme.elder ? 40 : 56)

                BodyText {
                    id: note

                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width - seal.width - 32
                    text: page.d.sealNote
                    font.pixelSize: Theme.slipLine
                }

                SealPlace {
                    id: seal

                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    slip: ({
                            "seal": "waiting",
                            "sealWords": page.d.sealWords,
                            "sealAt": ""
                        })
                }
            }
        }
    }

    Item {
        id: brings

        width: page.bodyWidth
        height: blank.implicitHeight
        visible: !page.lying && !page.lowered && !page.crowded
    }

    ActButton {
        objectName: "next"
        width: page.bodyWidth
        implicitHeight: page.lying && page.tight ? Math.max(Theme.target, contentItem.implicitHeight + 24) : Math.max(Theme.pick(0, page.brief ? 176 : 160, 172, 190), contentItem.implicitHeight + 40)
        kind: "primary"
        serif: true
        wide: true
        symbol: "arrow-right"
        text: page.d.begin
        enabled: page.d.mayBegin
        missing: page.d.beginMissing
        onClicked: page.act("next")
    }

    Grid {
        id: quiet

        width: page.bodyWidth
        columns: Theme.scale > 1.6 && !page.lying ? 1 : Theme.elder ? 2 : page.brief ? 4 : 3
        columnSpacing: Theme.gap
        rowSpacing: Theme.elder || page.brief ? Theme.gap : 12

        Repeater {
            model: page.view.rows("ways")

            HomeTile {
                id: way

                required property var row

                objectName: row.key
                width: Math.floor((quiet.width - (quiet.columns - 1) * quiet.columnSpacing) / quiet.columns)
                flat: Theme.elder || page.lying
                low: !page.brief
                symbol: row.icon
                text: row.text
                enabled: row.value
                onClicked: page.act(way.row.key)
            }
        }
    }

    FactRow {
        width: page.bodyWidth
        symbol: "info"
        detail: page.d.elsewhere
        last: true
    }

    Item {
        id: below

        width: page.bodyWidth
        height: blank.implicitHeight
        visible: page.lying && !page.columned || page.crowded
    }

    Loader {
        parent: page.parent as Item
        width: page.width
        height: page.height
        z: 100
        active: Visit.rests
        sourceComponent: IdleSheet {
            sentences: page.view.rows("policies")
            hint: page.d.wake
        }
    }
}
