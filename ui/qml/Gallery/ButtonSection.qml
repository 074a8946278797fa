pragma ComponentBehavior: Bound

import QtQuick
import Design

// Every kind of button in every state.
Section {
    title: "按钮"
    note: "平常　按下　焦点　不可用　处理中"

    Repeater {
        model: [["primary", "下一步", "arrow-right", "还差 1 项", "正在核对"], ["seal", "提交", "stamp", "先签名", "正在送出"], ["secondary", "当面核对", "people", "当面核对", "正在呼叫"], ["quiet", "上一步", "arrow-left", "上一步", "正在返回"]]

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
