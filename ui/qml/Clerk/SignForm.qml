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
        case "up":
        case "down":
            Visit.note("pick", Math.max(0, Math.min(page.d.afarCount - 1, page.d.afarAt + (name === "up" ? -1 : 1))));
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

    BodyText {
        objectName: "afar_title"
        width: parent.width
        visible: text !== ""
        text: page.d.afarTitle
        strong: true
        color: Theme.ink
    }

    Column {
        id: afar

        width: parent.width
        visible: others.count > 0

        Repeater {
            id: others

            model: page.view.rows("afar")

            Rectangle {
                id: other

                required property var row

                objectName: "afar_" + row.key
                width: afar.width
                height: Math.max(52, name.height + 20)
                radius: 6
                color: row.marked ? Theme.actWash : "transparent"
                border.width: row.marked ? 2 : 0
                border.color: Theme.act

                BodyText {
                    id: name

                    x: 14
                    anchors.verticalCenter: parent.verticalCenter
                    width: Theme.px(200)
                    text: other.row.who
                    strong: true
                    color: Theme.ink
                }

                Chip {
                    x: name.x + name.width + 12
                    anchors.verticalCenter: parent.verticalCenter
                    bare: true
                    state2: other.row.state
                    text: other.row.words
                }
            }
        }
    }

    Row {
        width: parent.width
        visible: page.d.link !== ""
        spacing: Theme.s4

        Rectangle {
            width: 300
            height: 300
            color: Theme.sheet
            border.width: Theme.hairline
            border.color: Theme.edge

            QrImage {
                objectName: "signing_code"
                anchors.centerIn: parent
                text: page.d.link
                side: 276
                width: side
                height: side
                fillMode: Image.Pad
                Accessible.name: page.d.linkWho
            }
        }

        Column {
            width: parent.width - 300 - Theme.s4
            spacing: Theme.s2

            BodyText {
                objectName: "link_who"
                width: parent.width
                text: page.d.linkWho
                strong: true
                color: Theme.ink
            }

            BodyText {
                width: parent.width
                text: page.d.linkMore
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
