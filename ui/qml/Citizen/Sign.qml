pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// One signer at a time, with what is being signed; who has and who has not.
CitizenPage {
    id: page

    payloads: ({
            "sign": {
                "strokes": pad.strokes
            }
        })

    Connections {
        target: page.view

        function onDataChanged(): void {
            if (pad.signer !== page.d.signing) {
                pad.signer = page.d.signing;
                pad.clear();
            }
        }
    }

    Column {
        width: page.bodyWidth
        visible: page.d.signing !== ""

        Repeater {
            model: page.view.rows("signed")

            SlipLineRow {
                required property int index

                width: page.bodyWidth
                labelWidth: Theme.px(150)
            }
        }
    }

    SignaturePad {
        id: pad

        property string signer: page.d.signing

        width: page.bodyWidth
        height: page.lying ? 300 : Theme.elder ? 420 : implicitHeight
        visible: page.d.signing !== ""
        onChanged: strokes => Visit.note("drawn", strokes.length > 0 ? "yes" : "")
    }

    Flow {
        width: page.bodyWidth
        spacing: Theme.s4

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
