pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// 这一单 at full length: every line, the seal's place, the code. The same for citizen, helper, clerk and paper.
TornSheet {
    id: sheet

    property var slip: Visit.slip
    property Rows lines: Visit.slipLines
    property bool editable: false
    property int labelWidth: Theme.desk ? 84 : Theme.px(178)
    property bool showSeal: true

    signal edited(string name)

    implicitHeight: body.implicitHeight + 2 * padding

    Column {
        id: body

        width: parent.width

        SlipHead {
            width: parent.width
            slip: sheet.slip
        }

        Item {
            width: 1
            height: Theme.desk ? 2 : 8
        }

        Repeater {
            id: facts

            model: sheet.lines

            SlipLineRow {
                id: one

                required property int index

                width: body.width
                labelWidth: sheet.labelWidth
                editable: sheet.editable
                last: index === facts.count - 1 && !sheet.showSeal
                onEdited: sheet.edited(one.row.edit)
            }
        }

        Item {
            width: parent.width
            height: sheet.showSeal ? Math.max(seal.height, words.height) + (Theme.desk ? 32 : 48) : 0
            visible: sheet.showSeal

            Column {
                id: words

                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - seal.width - 24

                BodyText {
                    width: parent.width
                    visible: text !== ""
                    text: sheet.slip.note
                    strong: Theme.desk
                    font.pixelSize: Theme.desk ? Theme.label : Theme.slipLine
                    color: seal.sealed ? Theme.seal : Theme.ink2
                }

                LabelText {
                    width: parent.width
                    visible: text !== ""
                    text: sheet.slip.noteMore
                    color: Theme.ink2
                }
            }

            SealPlace {
                id: seal

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                slip: sheet.slip
            }
        }

        Row {
            visible: sheet.slip.qr !== ""
            spacing: Theme.desk ? 16 : 32

            QrImage {
                text: sheet.slip.qr
                side: Theme.desk ? 104 : 190
            }

            LabelText {
                anchors.verticalCenter: parent.verticalCenter
                width: body.width - (Theme.desk ? 104 : 190) - parent.spacing
                text: sheet.slip.qrNote
                color: Theme.ink2
            }
        }
    }
}
