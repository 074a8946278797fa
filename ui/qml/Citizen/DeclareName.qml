pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// The name in its four parts; the whole of it as it will stand on the licence.
CitizenPage {
    id: page

    Field {
        id: trade

        objectName: "trade"
        width: page.bodyWidth
        label: page.d.tradeLabel
        hint: page.d.tradeHint
        value: page.d.trade
        kind: "pinyin"
        maximum: 20
        state2: page.d.state
        onEdited: text => Visit.note("trade", text)
    }

    Rectangle {
        width: page.bodyWidth
        height: whole.height + 40
        visible: page.d.full !== ""
        radius: Theme.radiusField
        color: page.d.state === "checked" ? Theme.okWash : page.d.state === "error" ? Theme.stopWash : Theme.wash
        border.width: Theme.washEdge
        border.color: Theme.edge

        Column {
            id: whole

            x: 32
            y: 20
            width: parent.width - 64

            LabelText {
                text: page.d.preview
                color: Theme.ink2
            }

            SerifTitle {
                objectName: "full_name"
                width: parent.width
                text: page.d.full
                font.pixelSize: Theme.px(46)
            }

            Repeater {
                model: page.view.rows("similar")

                BodyText {
                    required property var row

                    width: whole.width
                    text: row.text
                    font.pixelSize: Theme.slipLine
                }
            }
        }
    }

    Column {
        width: page.bodyWidth
        spacing: 10

        BodyText {
            text: page.d.industryLabel
            strong: true
            color: Theme.ink
        }

        TileGrid {
            width: page.bodyWidth
            columns: page.lying ? 4 : 2
            prefix: "industry_"
            rows: page.view.rows("industries")
            onTapped: row => page.tap(row)
        }
    }

    Column {
        width: page.bodyWidth
        spacing: 10

        BodyText {
            text: page.d.formLabel
            strong: true
            color: Theme.ink
        }

        TileGrid {
            width: page.bodyWidth
            columns: 2
            prefix: "form_"
            rows: page.view.rows("forms")
            onTapped: row => page.tap(row)
        }
    }
}
