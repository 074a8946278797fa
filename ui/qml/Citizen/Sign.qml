pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// One signer at a time, with what is being signed; who has and who has not.
CitizenPage {
    id: page

    // A new signer gets a clean pad: nobody signs over somebody else's name.
    readonly property string signer: page.d.signing
    readonly property int least: lying ? 220 : 300 // height that a hand needs there

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
        id: both

        width: page.bodyWidth
        visible: page.d.mode === "pad"
        columns: page.halves
        columnSpacing: Theme.s5
        rowSpacing: page.readsFirst ? 44 : Theme.s3

        ReadFirst {
            id: read

            width: page.halfWidth
            spacing: Theme.s3
            most: page.readsFirst ? Math.max(page.lying ? 110 : 200, page.seenHeight - page.least - 52) : Infinity
            visible: page.d.signing !== "" && things.parent !== page.upper

            // What is signed is only read: with the keys lowered it stands above, so that the pad is in reach.
            Column {
                id: things

                parent: page.lowered && implicitHeight <= page.upper.height ? page.upper : read.place
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
            id: under

            width: page.halfWidth
            spacing: page.spacing

            SignaturePad {
                id: pad

                readonly property real above: page.halves > 1 || !read.visible ? 0 : read.height + both.rowSpacing
                readonly property real below: who.parent === under ? who.height + page.spacing : 0

                width: parent.width
                height: Math.max(page.readsFirst ? page.least : 260, Math.min(implicitHeight, page.seenHeight - above - below - 4))
                visible: page.d.signing !== ""
                locked: page.d.keeping // what is written now would go with the name that is being kept
                onChanged: strokes => Visit.note("drawn", strokes.length > 0 ? "yes" : "")
            }

            Flow {
                id: who

                parent: page.readsFirst && read.visible ? read.place : under
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
