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

        ColourSection {
            width: parent.width
        }

        ButtonSection {
            width: parent.width
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

        IconSection {
            width: parent.width
        }
    }

    readonly property PageModel page: viewOf(Visit.page)

    function viewOf(_name: string): PageModel {
        return Visit.view();
    }
}
