pragma ComponentBehavior: Bound

import QtQuick
import Design

// The colours with their names and washes.
Section {
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
