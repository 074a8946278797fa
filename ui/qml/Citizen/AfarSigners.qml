pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Who is not here and signs on a phone: how it stands with each, and the link of one of them.
Item {
    id: afar

    required property var d
    required property Rows people
    property int halves: 1

    signal tapped(var row)

    implicitHeight: d.mode === "link" ? link.height : list.height

    Column {
        id: list

        width: afar.width
        visible: afar.d.mode === "waiting"

        Repeater {
            model: afar.people

            ChoiceRow {
                id: one

                required property var row

                objectName: "afar_" + row.key
                width: afar.width
                enabled: row.act !== ""
                text: row.text
                detail: row.detail
                detailState: row.state
                picked: row.picked
                pickWords: row.words
                pickedWords: row.words
                pickSymbol: "send"
                onClicked: afar.tapped(one.row)
            }
        }
    }

    Grid {
        id: link

        width: afar.width
        visible: afar.d.mode === "link"
        columns: afar.halves
        columnSpacing: Theme.s5
        rowSpacing: Theme.s3
        verticalItemAlignment: Grid.AlignVCenter

        Rectangle {
            width: (afar.width - (afar.halves - 1) * Theme.s5) / afar.halves
            height: code.height + 2 * Theme.s4
            color: Theme.sheet
            border.width: Theme.hairline
            border.color: Theme.edge

            QrImage {
                id: code

                objectName: "signing_code"
                anchors.centerIn: parent
                text: afar.d.qr
                side: 340
                width: side
                height: side
                fillMode: Image.Pad
                Accessible.name: afar.d.until
            }
        }

        Column {
            width: (afar.width - (afar.halves - 1) * Theme.s5) / afar.halves
            spacing: Theme.s3

            StatusStrip {
                width: parent.width
                symbol: "clock"
                text: afar.d.until
            }

            FactRow {
                width: parent.width
                symbol: "comment"
                text: afar.d.smsLabel
                detail: afar.d.sms
                last: true
            }
        }
    }
}
