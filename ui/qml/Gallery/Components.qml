pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Every component in every state, in the metrics of the moment.
Window {
    id: gallery

    width: 2000
    height: sheet.height + 144
    visible: true
    color: Theme.paper

    Column {
        id: sheet

        x: 72
        y: 72
        width: parent.width - 144
        spacing: 56

        Row {
            spacing: 32

            Mark {
                size: 120
            }

            Column {
                SerifTitle {
                    text: "平静的纸，一枚红印"
                }

                LabelText {
                    text: "颜色、字、按钮、字段、状态、单、键盘、图标"
                }
            }
        }

        Section {
            width: parent.width
            title: "颜色"

            Row {
                spacing: 12

                Repeater {
                    model: [["墨", Theme.ink, Theme.wash], ["次墨", Theme.ink2, Theme.wash], ["淡墨", Theme.ink3, Theme.wash], ["行动蓝", Theme.act, Theme.actWash], ["印红", Theme.seal, Theme.sealWash], ["完成绿", Theme.ok, Theme.okWash], ["等待赭", Theme.wait, Theme.waitWash], ["停止紫", Theme.stop, Theme.stopWash]]

                    Column {
                        id: swatch

                        required property var modelData

                        spacing: 8

                        Rectangle {
                            width: 221
                            height: 116
                            radius: 10
                            color: swatch.modelData[1]

                            SerifTitle {
                                x: 18
                                y: 10
                                text: swatch.modelData[0]
                                font.pixelSize: 34
                                color: "#FFFFFF"
                            }

                            LabelText {
                                x: 18
                                y: 62
                                text: swatch.modelData[1].toString().toUpperCase()
                                font.pixelSize: 26
                                strong: true
                                color: "#FFFFFF"
                            }
                        }

                        Rectangle {
                            width: 221
                            height: 48
                            radius: 10
                            color: swatch.modelData[2]

                            LabelText {
                                x: 18
                                anchors.verticalCenter: parent.verticalCenter
                                text: "浅底 " + swatch.modelData[2].toString().toUpperCase()
                                font.pixelSize: 24
                                color: swatch.modelData[1]
                            }
                        }
                    }
                }
            }
        }

        Section {
            width: parent.width
            title: "按钮"
            note: "平常　按下　焦点　不可用　处理中"

            Repeater {
                model: [["primary", "下一步", "arrow-right", "还差 1 项", "正在核对"], ["seal", "提交", "stamp", "先签字", "正在送出"], ["secondary", "当面核对", "people", "当面核对", "正在呼叫"], ["quiet", "上一步", "arrow-left", "上一步", "正在返回"]]

                Row {
                    id: kinds

                    required property var modelData

                    spacing: 24

                    Repeater {
                        model: 5

                        ActButton {
                            required property int index

                            width: 340
                            kind: kinds.modelData[0]
                            text: kinds.modelData[1]
                            symbol: kinds.modelData[0] === "primary" ? "" : kinds.modelData[2]
                            shortcut: index === 0 && kinds.modelData[0] !== "quiet" ? "F9" : ""
                            missing: kinds.modelData[3]
                            busyText: kinds.modelData[4]
                            enabled: index !== 3
                            busy: index === 4
                            down: index === 1

                            FocusRing {
                                target: parent as Item
                                visible: parent.index === 2
                            }
                        }
                    }
                }
            }

            ActButton {
                width: 936
                kind: "primary"
                wide: true
                symbol: "arrow-right"
                text: "选好了 2 项，下一步"
            }
        }

        Section {
            width: parent.width
            title: "字段"

            Row {
                spacing: 24

                Field {
                    width: 352
                    label: "字号"
                    words: "两个字以上"
                }

                Field {
                    objectName: "focus_field"
                    width: 352
                    label: "字号"
                    value: "示例"
                    words: "正在检查有没有重名"
                }

                Field {
                    width: 352
                    label: "姓名"
                    value: "王测试"
                    fromCard: true
                }

                Field {
                    width: 352
                    label: "监事"
                    value: "王测试"
                    state2: "error"
                    words: "董事不能同时当监事。请换一个人。"
                }

                Field {
                    width: 352
                    label: "认缴资本"
                    value: "100 万元"
                    state2: "checked"
                    words: "壹佰万元，五年内缴足"
                }
            }
        }

        Row {
            spacing: 56

            Section {
                width: 900
                title: "选择"

                ChoiceRow {
                    width: parent.width
                    text: "餐饮服务"
                    hitLength: 2
                    detail: "开业前办食品经营许可"
                    detailState: "duty"
                    picked: true
                }

                ChoiceRow {
                    width: parent.width
                    text: "外卖递送服务"
                    detail: "常一起选，不用另办许可"
                    detailState: "ok"
                }

                Row {
                    spacing: 24

                    WayTile {
                        width: 438
                        symbol: "face"
                        text: "刷脸核对"
                        detail: "正在进行，约 10 秒，不用按任何键。"
                        chosen: true
                    }

                    WayTile {
                        width: 438
                        symbol: "people"
                        text: "不想刷脸？"
                        detail: "请帮办人员当面核对，一样有效，约等 2 分钟。"
                    }
                }
            }

            Section {
                width: 900
                title: "状态与进度"

                Flow {
                    width: parent.width
                    spacing: 16

                    Repeater {
                        model: [["ok", "一致"], ["wait", "等待联网"], ["stop", "不符"], ["scan", "等待扫码"], ["todo", "未开始"], ["seal", "已受理"], ["now", "正在填"]]

                        Chip {
                            required property var modelData

                            state2: modelData[0]
                            text: modelData[1]
                        }
                    }
                }

                StepsBar {
                    width: parent.width
                    step: 6
                    steps: 14
                }

                Banner {
                    width: parent.width
                    state2: "wait"
                    symbol: "wifi-off"
                    what: "现在没有网络，可以继续填。"
                    todo: "联网后自动送出，结果发短信。"
                }

                Banner {
                    width: parent.width
                    state2: "stop"
                    what: "监事不能是王测试。"
                    todo: "他已经是董事。监事要另选一个人。"
                    small: "office-clash"
                    actionText: "为什么？"
                }

                StatusStrip {
                    width: parent.width
                    symbol: "card"
                    text: "等您放卡"
                    aside: "读卡区在屏幕右下 ↘"
                }

                PermitCountdown {
                    visible: Theme.desk
                    secondsLeft: 522
                    ends: "11:01 到期，可续一次"
                }
            }
        }

        Row {
            spacing: 56

            Section {
                width: 1008
                title: "这一单"

                Slip {
                    width: parent.width
                    editable: true
                }
            }

            Section {
                width: 792
                title: "三站"

                TruthLine {
                    width: parent.width
                    stations: gallery.page.rows("truth")
                }

                TruthLine {
                    width: parent.width
                    stations: gallery.page.rows("offline")
                }

                Row {
                    spacing: 56

                    Stamp {
                        words: "已受理"
                        at: "11-23 10:41"
                    }

                    Stamp {
                        words: "已交付"
                        at: "11-24 16:20"
                    }
                }

                NumberedRow {
                    width: parent.width
                    number: 1
                    text: "等短信"
                    detail: "最迟明天 18:00"
                }

                NumberedRow {
                    width: parent.width
                    number: 2
                    text: "带身份证来领"
                    detail: "执照、四枚印章、发票、设备"
                }
            }
        }

        Row {
            spacing: 56

            Section {
                width: 900
                title: "签名"

                SignaturePad {
                    objectName: "pad"
                    width: parent.width
                }
            }

            Section {
                width: 900
                title: "读卡"

                ReaderDrawing {
                    width: parent.width
                    caption: "人像面朝上"
                }
            }
        }

        Section {
            width: parent.width
            title: "图标"
            note: "24 格，线宽 1.6，圆头"

            Flow {
                width: parent.width
                spacing: 30

                Repeater {
                    model: Object.keys(Icons.paths)

                    Icon {
                        required property string modelData

                        name: modelData
                        size: 52
                    }
                }
            }

            Row {
                spacing: 16

                Repeater {
                    model: ["F2", "Enter", "Esc", "↑ ↓"]

                    KeyCap {
                        required property string modelData

                        text: modelData
                    }
                }
            }
        }
    }

    readonly property PageModel page: viewOf(Visit.page)

    function viewOf(_name: string): PageModel {
        return Visit.view();
    }
}
