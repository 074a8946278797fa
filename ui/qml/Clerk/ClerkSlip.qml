pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// 这一单 beside the case, with the customer's side. Head and seal stand still; lines that do not fit are scrolled.
TornSheet {
    id: sheet

    property string customer: ""
    property string customerMore: ""
    readonly property var slip: Visit.slip
    readonly property Rows lines: Visit.slipLines
    readonly property real inner: width - 2 * padding
    readonly property real space: height - 2 * padding
    readonly property int labelWidth: Theme.px(92)

    implicitHeight: 400

    SlipHead {
        id: head

        width: sheet.inner
        slip: sheet.slip
    }

    Item {
        id: person

        y: head.height + 6
        width: sheet.inner
        height: sheet.customer === "" ? 0 : words.height + 20
        visible: sheet.customer !== ""

        Rectangle {
            id: face

            anchors.verticalCenter: parent.verticalCenter
            width: 52
            height: 52
            radius: 6
            color: Theme.actWash
            border.width: Theme.washEdge
            border.color: Theme.act

            Icon {
                anchors.centerIn: parent
                name: "person"
                size: 34
                color: Theme.act
            }
        }

        Column {
            id: words

            x: face.width + 14
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - x

            BodyText {
                width: parent.width
                text: sheet.customer
                strong: true
                color: Theme.ink
            }

            LabelText {
                width: parent.width
                text: sheet.customerMore
                color: Theme.ink2
            }
        }

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.line
        }
    }

    Flickable {
        id: flick

        y: person.y + person.height + 2
        width: sheet.inner
        height: bottom.y - y - 8
        contentHeight: list.height
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height + 1
        clip: interactive

        Column {
            id: list

            width: flick.width

            Repeater {
                id: rows

                model: sheet.lines

                SlipLineRow {
                    required property int index

                    width: list.width
                    height: implicitHeight - (implicitHeight > 46 ? 0 : 5)
                    labelWidth: sheet.labelWidth
                    last: index === rows.count - 1
                }
            }
        }
    }

    // More lines below: said by a fold in the paper, and a press shows them.
    Rectangle {
        y: flick.y + flick.height - height
        width: sheet.inner
        height: Theme.target
        visible: flick.interactive && !flick.atYEnd
        color: Theme.sheet

        TextLink {
            objectName: "slip_more"
            anchors.centerIn: parent
            text: Say.t("page.more")
            size: Theme.label
            onClicked: flick.contentY = Math.min(flick.contentHeight - flick.height, flick.contentY + flick.height - Theme.target)
        }
    }

    Item {
        id: bottom

        // A long word in the seal's place leaves no room beside it: then the sentence stands above.
        readonly property bool stacked: sheet.inner - seal.implicitWidth - note.x < Theme.px(92)

        y: sheet.space - height
        width: sheet.inner
        height: (stacked ? note.height + 8 + seal.implicitHeight : Math.max(seal.implicitHeight, note.height, code.visible ? code.height : 0)) + 14

        Rectangle {
            width: parent.width
            height: 1
            color: Theme.line
        }

        QrImage {
            id: code

            y: 12
            visible: text !== "" && !Theme.elder && seal.implicitWidth < 180
            text: sheet.slip.qr
            side: 88
        }

        BodyText {
            id: note

            x: code.visible ? code.width + 14 : 0
            y: bottom.stacked ? 14 : (bottom.height - height) / 2 + 6
            width: bottom.stacked ? parent.width - x : parent.width - x - seal.width - 14
            text: sheet.slip.note
            strong: true
            font.pixelSize: Theme.label
            color: seal.sealed ? Theme.seal : Theme.ink2
        }

        SealPlace {
            id: seal

            anchors.right: parent.right
            y: bottom.stacked ? bottom.height - height : (bottom.height - height) / 2 + 6
            width: implicitWidth
            height: implicitHeight
            slip: sheet.slip
        }
    }
}
