pragma ComponentBehavior: Bound

import QtQuick
import Design

// One action, one quiet one, and the blank slip: what one visit brings, with the seal's place already waiting.
CitizenPage {
    id: page

    home: true
    spacing: Theme.elder ? Theme.s3 : Theme.s4

    TornSheet {
        id: blank

        parent: page.lying ? page : brings
        x: page.lying ? 1240 : 0
        y: page.lying ? 208 : 0
        width: page.lying ? 608 : brings.width
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
                columns: page.lying || Theme.scale > 1.2 ? 1 : 2
                columnSpacing: 56

                Repeater {
                    model: page.view.rows("brings")

                    FactRow {
                        required property var row

                        width: (things.width - (things.columns - 1) * things.columnSpacing) / things.columns
                        symbol: row.icon
                        text: row.text
                        detail: row.detail
                    }
                }
            }

            Item {
                width: parent.width
                height: Math.max(seal.height, note.height) + (Theme.elder ? 40 : 48)

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
        height: page.lying ? 0 : blank.implicitHeight
        visible: !page.lying
    }

    ActButton {
        objectName: "next"
        width: page.bodyWidth
        implicitHeight: Theme.pick(0, 168, 172, 190)
        kind: "primary"
        serif: true
        wide: true
        symbol: "arrow-right"
        text: page.d.begin
        enabled: page.d.mayBegin
        missing: page.d.beginMissing
        onClicked: page.act("next")
    }

    ActButton {
        objectName: "track"
        width: page.bodyWidth
        symbol: "progress"
        text: page.d.track
        onClicked: page.act("track")
    }

    BodyText {
        width: page.bodyWidth
        horizontalAlignment: page.lying ? Text.AlignLeft : Text.AlignHCenter
        text: page.d.elsewhere
        font.pixelSize: Theme.label
    }
}
