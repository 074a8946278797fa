pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Paper coming out of the slot; or, when there is none, the code as large as it gets.
CitizenPage {
    id: page

    readonly property bool paperless: d.mode === "paperless"

    broad: true
    onlyRead: !told

    Grid {
        id: halves

        width: page.bodyWidth
        columns: page.halves
        columnSpacing: Theme.s5
        rowSpacing: page.spacing

        // --- the slot and its paper ---
        Item {
            width: page.halfWidth
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
                    height: Math.max(facts.y + facts.height, side.y + side.height)

                    SlipHead {
                        id: head

                        width: parent.width
                        slip: ({
                                "code": "",
                                "progress": page.d.state
                            })
                    }

                    BodyText {
                        id: company

                        y: head.height + 20
                        width: parent.width
                        text: page.d.company
                        strong: true
                        color: Theme.ink
                    }

                    Column {
                        id: facts

                        y: company.y + company.height + 12
                        width: Theme.elder ? parent.width : parent.width - side.width - Theme.s4

                        Repeater {
                            model: page.view.rows("facts")

                            SlipLineRow {
                                required property int index

                                width: facts.width
                                labelWidth: Theme.px(112)
                                last: index === 2
                            }
                        }
                    }

                    Grid {
                        id: side

                        anchors.right: parent.right
                        y: Theme.elder ? facts.y + facts.height + Theme.s3 : facts.y + 8
                        columns: Theme.elder ? 2 : 1
                        horizontalItemAlignment: Grid.AlignHCenter
                        verticalItemAlignment: Grid.AlignVCenter
                        spacing: page.lying ? 8 : Theme.s3

                        QrImage {
                            text: page.paperless ? "" : page.d.qr
                            side: page.lying ? 150 : 180
                        }

                        SealPlace {
                            slip: page.d
                        }
                    }
                }
            }
        }

        // --- no paper: the code ---
        Rectangle {
            width: page.halfWidth
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
                text: page.paperless ? page.d.qr : ""
                side: 220
            }
        }

        Column {
            width: page.halfWidth

            Repeater {
                model: page.view.rows("steps")

                NumberedRow {
                    required property var row
                    required property int index

                    width: page.halfWidth
                    number: index + 1
                    text: row.text
                    detail: row.detail
                }
            }
        }
    }
}
