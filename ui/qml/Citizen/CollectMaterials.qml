pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// What has still to be brought; one paper and its ways; the camera and the page it took; the code for a phone.
CitizenPage {
    id: page

    readonly property string mode: d.mode
    readonly property bool looking: mode === "camera" || mode === "review"

    broad: !d.slipShown
    onlyRead: (looking || mode === "phone") && !told
    low: mode === "paper" && !lying ? paper.height : 0

    // --- the list ---
    BodyText {
        width: page.bodyWidth
        visible: text !== "" && page.mode === "list"
        text: page.d.empty
    }

    Column {
        width: page.bodyWidth
        visible: page.mode === "list"

        Repeater {
            model: page.view.rows("needs")

            ChoiceRow {
                id: need

                required property var row

                objectName: "need_" + row.key
                width: page.bodyWidth
                enabled: !row.picked
                text: row.text
                detail: row.detail
                detailState: row.state
                picked: row.picked
                pickWords: row.words
                pickedWords: row.words
                pickSymbol: "arrow-right"
                onClicked: page.tap(need.row)
            }
        }
    }

    // --- one paper ---
    Column {
        id: paper

        width: page.bodyWidth
        visible: page.mode === "paper"
        spacing: page.spacing

        BodyText {
            width: parent.width
            visible: text !== ""
            text: page.d.kindsLabel
            strong: true
            color: Theme.ink
        }

        TileGrid {
            width: parent.width
            visible: count > 0
            columns: Theme.elder && !page.lying ? 1 : 3
            prefix: "kind_"
            options: page.view.rows("kinds")
            onTapped: row => page.tap(row)
        }

        TwoWays {
            width: parent.width
            options: page.view.rows("ways")
            least: page.lying ? 0 : Theme.px(240)
            onTapped: row => page.tap(row)
        }
    }

    // --- the camera, and the page it took ---
    PageSlot {
        readonly property string hint: Visit.desk.hint

        objectName: "page"
        width: page.bodyWidth
        // In the largest text question and lead take a part of the page with them.
        height: Math.max(360, page.bodyHeight - page.saidHeight - 16 - (page.afloat && !page.lying ? 280 : 0))
        visible: page.looking
        good: page.mode === "camera" && (hint === "good" || hint === "hold_still")
        symbol: page.d.stateIcon
        words: page.mode !== "camera" ? "" : page.d.live && hint !== "" ? page.d.hints[hint] ?? "" : page.d.state
    }

    // --- the code for a phone ---
    Grid {
        width: page.bodyWidth
        visible: page.mode === "phone"
        columns: page.halves
        columnSpacing: Theme.s5
        rowSpacing: page.spacing
        verticalItemAlignment: Grid.AlignVCenter

        Rectangle {
            width: page.halfWidth
            height: code.height + 2 * Theme.s4
            color: Theme.sheet
            border.width: Theme.hairline
            border.color: Theme.edge

            QrImage {
                id: code

                objectName: "upload_code"
                anchors.centerIn: parent
                text: page.d.qr
                side: 340
                visible: true
                width: side
                height: side
                fillMode: Image.Pad
                Accessible.name: Say.t("collect_materials.phone_title")
            }
        }

        Column {
            width: page.halfWidth
            spacing: page.spacing

            StatusStrip {
                width: parent.width
                symbol: page.d.stateIcon
                text: page.d.state
            }

            Column {
                width: parent.width

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
}
