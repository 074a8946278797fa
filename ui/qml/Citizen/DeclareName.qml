pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// The name in its four parts; the whole of it as it will stand on the licence, and what the platform says of it.
CitizenPage {
    id: page

    readonly property string state2: d.state

    spacing: Theme.s2

    TileGrid {
        width: page.bodyWidth
        visible: count > 0
        columns: 2
        prefix: "naming_"
        options: page.view.rows("naming")
        onTapped: row => page.tap(row)
    }

    BodyText {
        objectName: "left_out"
        width: page.bodyWidth
        visible: text !== ""
        text: page.d.leftOut
    }

    Rectangle {
        id: whole

        objectName: "whole_name"
        parent: page.halves > 1 ? beside : under
        width: page.halfWidth
        height: words.height + 40
        visible: page.d.full !== ""
        radius: Theme.radiusField
        color: page.state2 === "checked" ? Theme.okWash : page.state2 === "error" ? Theme.stopWash : Theme.wash
        border.width: Theme.washEdge
        border.color: Theme.edge

        Column {
            id: words

            x: 32
            y: 20
            width: parent.width - 64

            SerifTitle {
                objectName: "full_name"
                Accessible.description: page.d.preview
                width: parent.width
                text: page.d.full
                font.pixelSize: Theme.px(46)
            }

            Row {
                width: parent.width
                topPadding: 8
                spacing: 18
                visible: page.d.verdict !== ""

                Icon {
                    id: mark

                    y: 10
                    name: "check"
                    size: Theme.iconSmall
                    strong: true
                    color: verdict.color
                }

                BodyText {
                    id: verdict

                    objectName: "verdict"
                    width: parent.width - mark.width - 18
                    text: page.d.verdict
                    strong: true
                    font.pixelSize: Theme.slipLine
                    color: Theme.ok
                }
            }

            BodyText {
                width: parent.width
                topPadding: 8
                visible: text !== ""
                text: page.d.similarLabel
                strong: true
                font.pixelSize: Theme.slipLine
            }

            Repeater {
                model: page.view.rows("similar")

                BodyText {
                    required property var row

                    width: words.width
                    text: row.text
                    font.pixelSize: Theme.slipLine
                }
            }
        }
    }

    Grid {
        width: page.bodyWidth
        visible: page.d.leftOut === ""
        columns: page.halves
        columnSpacing: Theme.s5
        rowSpacing: page.spacing

        Column {
            width: page.halfWidth
            spacing: page.spacing

            Field {
                objectName: "trade"
                width: parent.width
                label: page.d.tradeLabel
                hint: page.d.tradeHint
                value: page.d.trade
                kind: "pinyin"
                maximum: 20
                state2: page.state2 !== "" ? page.state2 : page.d.reasonState
                words: page.d.reasons
                onEdited: text => Visit.note("trade", text)
            }

            Item {
                id: under

                width: parent.width
                height: whole.height
                visible: page.halves === 1 && page.d.full !== ""
            }

            BodyText {
                width: parent.width
                visible: text !== ""
                text: page.d.suggestionsLabel
                strong: true
                color: Theme.ink
            }

            TileGrid {
                width: parent.width
                visible: page.d.suggestionsLabel !== ""
                columns: Theme.elder || page.halves > 1 ? 2 : 4
                prefix: "suggestion_"
                options: page.view.rows("suggestions")
                onTapped: row => page.tap(row)
            }

            BodyText {
                width: parent.width
                text: page.d.industryLabel
                strong: true
                color: Theme.ink
            }

            TileGrid {
                width: parent.width
                columns: Theme.elder || page.halves > 1 ? 2 : 4
                prefix: "industry_"
                options: page.view.rows("industries")
                onTapped: row => page.tap(row)
            }
        }

        Column {
            width: page.halfWidth
            spacing: page.spacing

            Item {
                id: beside

                width: parent.width
                height: whole.height
                visible: page.halves > 1 && page.d.full !== ""
            }

            BodyText {
                width: parent.width
                text: page.d.formLabel
                strong: true
                color: Theme.ink
            }

            TileGrid {
                width: parent.width
                columns: count > 2 && !Theme.elder ? 3 : 2
                prefix: "form_"
                options: page.view.rows("forms")
                onTapped: row => page.tap(row)
            }
        }
    }
}
