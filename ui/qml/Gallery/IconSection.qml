pragma ComponentBehavior: Bound

import QtQuick
import Design

// Every drawing and the keys.
Section {
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
