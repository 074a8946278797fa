pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// The customer reads the slip and signs, one signer after the other; with all signatures the form is submitted.
ClerkPage {
    id: page

    // A new signer gets a clean pad: nobody signs over somebody else's name.
    readonly property string signer: d.signing

    function local(name: string): bool {
        switch (name) {
        case "signed":
            Visit.act("signed", {
                "strokes": pad.strokes
            });
            return true;
        case "anew":
            pad.clear();
            return true;
        default:
            return false;
        }
    }

    onSignerChanged: pad.clear()

    head: BodyText {
        text: page.d.count
        strong: true
        font.pixelSize: Theme.px(22)
        color: Theme.ink
        wrapMode: Text.NoWrap
    }

    foot: [
        BodyText {
            objectName: "said"
            width: parent ? (parent as Item).width : 0
            text: page.d.said
            strong: true
            color: Theme.ink
        },
        LabelText {
            width: parent ? (parent as Item).width : 0
            text: page.d.saidMore
            color: Theme.ink2
        }
    ]

    BodyText {
        id: asked

        objectName: "who"
        width: parent.width
        visible: text !== ""
        text: page.d.who
        strong: true
        font.pixelSize: Theme.px(22)
        color: Theme.ink
    }

    Column {
        id: things

        width: parent.width
        visible: page.d.pad

        Repeater {
            model: page.view.rows("signed")

            SlipLineRow {
                width: things.width
                labelWidth: Theme.px(176)
                last: true
            }
        }
    }

    Flow {
        id: who

        width: parent.width
        spacing: Theme.s3

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

    SignaturePad {
        id: pad

        width: parent.width
        height: Math.max(240, page.bodyHeight - asked.height - things.height - who.height - 64)
        visible: page.d.pad
        locked: page.d.keeping
        onChanged: strokes => Visit.note("drawn", strokes.length > 0 ? "yes" : "")
    }
}
