pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// One signer at a time, with what is being signed; who has and who has not.
CitizenPage {
    id: page

    // A new signer gets a clean pad: nobody signs over somebody else's name.
    readonly property string signer: page.d.signing

    onSignerChanged: pad.clear()
    slipShown: d.slipShown && things.parent !== upper
    payloads: ({
            "sign": {
                "strokes": pad.strokes
            }
        })

    AfarSigners {
        width: page.bodyWidth
        visible: page.d.mode !== "pad"
        d: page.d
        people: page.view.rows("afar")
        halves: page.halves
        onTapped: row => page.tap(row)
    }

    Grid {
        width: page.bodyWidth
        visible: page.d.mode === "pad"
        columns: page.halves
        columnSpacing: Theme.s5
        rowSpacing: Theme.s3

        Item {
            id: place

            width: page.halfWidth
            height: things.height
            visible: page.d.signing !== "" && things.parent === place

            // What is signed is only read: with the keys lowered it stands above, so that the pad is in reach.
            Column {
                id: things

                parent: page.lowered && implicitHeight <= page.upper.height ? page.upper : place
                width: parent.width
                visible: page.d.mode === "pad" && page.d.signing !== ""

                Repeater {
                    model: page.view.rows("signed")

                    SlipLineRow {
                        required property int index

                        width: things.width
                        labelWidth: Theme.px(176)
                    }
                }
            }
        }

        Column {
            width: page.halfWidth
            spacing: page.spacing

            SignaturePad {
                id: pad

                readonly property real room: page.bodyHeight - (page.halves > 1 || !place.visible ? 0 : things.height + page.spacing) - who.height - page.spacing - 16

                width: parent.width
                height: Math.max(260, Math.min(implicitHeight, room))
                visible: page.d.signing !== ""
                locked: page.d.keeping // what is written now would go with the name that is being kept
                onChanged: strokes => Visit.note("drawn", strokes.length > 0 ? "yes" : "")
            }

            Flow {
                id: who

                width: parent.width
                spacing: Theme.s3

                BodyText {
                    text: page.d.count
                    strong: true
                }

                Repeater {
                    model: page.view.rows("signers")

                    Chip {
                        required property var row

                        objectName: "signer_" + row.key
                        state2: row.state
                        text: row.text + "　" + row.detail
                    }
                }
            }
        }
    }
}
