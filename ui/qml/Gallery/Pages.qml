pragma ComponentBehavior: Bound

import QtQuick
import Design

// The frames with typical content, to be looked at in every size and language.
Window {
    visible: true
    color: Theme.paper

    StepStage {
        pages: ({
                "describe": describe,
                "card": card,
                "desk": desk
            })

        Component {
            id: describe

            KioskPage {
                id: searching

                title: d.question
                lead: d.lead
                step: 6
                steps: 14

                Field {
                    objectName: "search"
                    width: parent.width
                    symbol: "search"
                    hint: ""
                    aside: Theme.elder ? "" : searching.d.aside
                }

                Column {
                    width: parent.width

                    Repeater {
                        model: searching.view.rows("found")

                        ChoiceRow {
                            required property var row

                            objectName: "pick_" + row.key
                            width: parent?.width ?? 0
                            text: row.text
                            detail: row.detail
                            detailState: row.state
                            picked: row.picked
                            hitLength: row.hit
                        }
                    }
                }
            }
        }

        Component {
            id: card

            KioskPage {
                id: laying

                title: d.question
                lead: d.lead
                step: 3
                steps: 14

                ReaderDrawing {
                    width: parent.width
                    caption: laying.d.caption
                }

                StatusStrip {
                    width: parent.width
                    symbol: "card"
                    text: laying.d.waiting
                    aside: laying.d.where
                }
            }
        }

        Component {
            id: desk

            DeskPage {
                id: handing

                title: d.question
                heading: d.heading
                meta: d.meta
                staff: d.staff

                head: PermitCountdown {
                    secondsLeft: 522
                    ends: "11:01 到期，可续一次"
                }

                rail: ActButton {
                    width: 260
                    symbol: "speaker"
                    text: "叫下一位"
                    shortcut: "F2"
                }

                foot: BodyText {
                    text: "4 样里 2 样已核对，还差发票和税控设备。"
                    strong: true
                    color: Theme.ink
                }

                DeskTable {
                    width: parent.width
                    scanHint: "请扫第一份的条码"
                    columns: [
                        {
                            "key": "group",
                            "title": "物品",
                            "x": 58,
                            "bold": true
                        },
                        {
                            "key": "item",
                            "title": "",
                            "x": 166
                        },
                        {
                            "key": "expected",
                            "title": "平台应交",
                            "x": 350
                        },
                        {
                            "key": "got",
                            "title": "实扫、读回",
                            "x": 640
                        },
                        {
                            "key": "verdict",
                            "title": "结果",
                            "x": 944
                        }
                    ]
                    rows: handing.view.rows("articles")
                }
            }
        }
    }
}
