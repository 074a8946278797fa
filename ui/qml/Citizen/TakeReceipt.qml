pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Paper coming out of the slot; or, when there is none, the code as large as it gets.
CitizenPage {
    id: page

    readonly property bool paperless: d.mode === "paperless"

    // --- the slot and its paper ---
    Item {
        width: page.bodyWidth
        height: paper.y + paper.height
        visible: !page.paperless

        Rectangle {
            width: parent.width
            height: 22
            radius: 11
            color: Theme.ink
        }

        TornSheet {
            id: paper

            x: Theme.s5
            y: 11
            width: parent.width - 2 * x
            tornTop: false

            Item {
                width: parent.width
                height: Math.max(facts.height, side.height)

                Column {
                    id: facts

                    width: parent.width - side.width - Theme.s4

                    Item {
                        width: parent.width
                        height: head.height + 20

                        SerifTitle {
                            id: head

                            text: Say.t("slip.title")
                            font.pixelSize: Theme.slipTitle
                        }

                        LabelText {
                            anchors.baseline: head.baseline
                            x: head.width + 24
                            text: page.d.state
                        }
                    }

                    Repeater {
                        model: page.view.rows("facts")

                        SlipLineRow {
                            required property int index

                            width: facts.width
                            labelWidth: Theme.px(84)
                            last: index === 3
                        }
                    }
                }

                Column {
                    id: side

                    anchors.right: parent.right
                    spacing: Theme.s3

                    QrImage {
                        anchors.horizontalCenter: parent.horizontalCenter
                        text: page.d.qr
                        side: 180
                    }

                    SealPlace {
                        anchors.horizontalCenter: parent.horizontalCenter
                        slip: page.d
                    }
                }
            }
        }
    }

    // --- no paper: the code ---
    Rectangle {
        width: page.bodyWidth
        height: Math.max(code.height, qr.height) + 2 * Theme.s5
        visible: page.paperless
        radius: 18
        color: Theme.sheet
        border.width: Theme.hairline
        border.color: Theme.edge

        Column {
            id: code

            x: Theme.s5
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - 2 * x - qr.width - Theme.s4

            BodyText {
                text: page.d.codeLabel
            }

            Text {
                objectName: "slip_code"
                text: page.d.code
                font.family: Theme.sans
                font.bold: true
                font.pixelSize: Math.min(Theme.px(112), 150)
                color: Theme.ink
                lineHeight: 0.9
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
        }

        QrImage {
            id: qr

            anchors.right: parent.right
            anchors.rightMargin: Theme.s5
            anchors.verticalCenter: parent.verticalCenter
            text: page.d.qr
            side: 220
        }
    }

    Column {
        width: page.bodyWidth

        Repeater {
            model: page.view.rows("steps")

            NumberedRow {
                required property var row
                required property int index

                width: page.bodyWidth
                number: index + 1
                text: row.text
                detail: row.detail
            }
        }
    }
}
