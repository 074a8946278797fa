import QtQuick
import Design

// The number as large as it gets, and what it is good for; without one, only what is true.
CitizenPage {
    id: page

    property string symbol: "save"
    property string symbolBelow: "phone"

    broad: true
    onlyRead: !told

    Rectangle {
        width: page.bodyWidth
        height: number.height + 2 * Theme.s5
        visible: page.d.number !== ""
        radius: Theme.radiusPrimary
        color: Theme.sheet
        border.width: Theme.hairline
        border.color: Theme.edge

        Column {
            id: number

            x: Theme.s5
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - 2 * x

            BodyText {
                text: page.d.numberLabel
            }

            Text {
                objectName: "number"
                width: parent.width
                text: page.d.number
                font.family: Theme.sans
                font.bold: true
                font.pixelSize: Math.min(Theme.px(76), 84)
                color: Theme.ink
                wrapMode: Text.WrapAnywhere
                textFormat: Text.PlainText
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
        }
    }

    FactRow {
        width: page.bodyWidth
        symbol: page.symbol
        detail: page.d.words
    }

    FactRow {
        width: page.bodyWidth
        symbol: page.symbolBelow
        detail: page.d.answer
        last: true
    }
}
