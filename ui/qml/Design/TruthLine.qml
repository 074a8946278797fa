pragma ComponentBehavior: Bound

import QtQuick

// 已在本机保存 → 已送出 → 平台已受理: three stations, filled only when true.
// stations: rows {key, text, at, state: done | waiting | stop | todo | seal, icon}
Item {
    id: line

    required property var stations
    readonly property real disc: Theme.desk ? 44 : Math.min(110, Theme.px(74))

    implicitHeight: track.height

    Row {
        id: track

        width: parent.width

        Repeater {
            id: stops

            model: line.stations

            Item {
                id: stop

                required property var row
                required property int index
                readonly property bool filled: row.state === "done" || row.state === "seal"
                readonly property color tint: row.state === "seal" ? Theme.seal : row.state === "done" ? Theme.ok : row.state === "waiting" ? Theme.wait : row.state === "stop" ? Theme.stop : Theme.ink3

                width: line.width / Math.max(1, stops.count)
                height: words.y + words.height
                Accessible.role: Accessible.StaticText
                Accessible.name: stop.row.text + " " + stop.row.at

                Rectangle {
                    visible: stop.index > 0
                    x: -stop.width / 2 + line.disc / 2 + 8
                    y: line.disc / 2 - 2
                    width: stop.width - line.disc - 16
                    height: 4
                    color: stop.filled ? Theme.ok : Theme.contrast ? Theme.edge : Theme.line
                }

                Rectangle {
                    id: disc

                    anchors.horizontalCenter: parent.horizontalCenter
                    width: line.disc
                    height: width
                    radius: width / 2
                    color: stop.filled ? stop.tint : stop.row.state === "waiting" ? Theme.waitWash : stop.row.state === "stop" ? Theme.stopWash : "transparent"
                    border.width: stop.filled ? 0 : stop.row.state === "todo" ? 2 : 3
                    border.color: stop.row.state === "todo" ? Theme.edge : stop.tint

                    Icon {
                        anchors.centerIn: parent
                        name: stop.row.icon
                        size: Math.round(line.disc * 0.46)
                        color: stop.filled ? Theme.onFill : stop.tint
                    }
                }

                Column {
                    id: words

                    y: line.disc + 10
                    width: parent.width

                    BodyText {
                        width: parent.width
                        horizontalAlignment: Text.AlignHCenter
                        text: stop.row.text
                        strong: true
                        font.pixelSize: Theme.desk ? 18 : Math.min(Theme.px(36), 56)
                        lineHeight: 0.92
                        color: stop.tint
                    }

                    LabelText {
                        width: parent.width
                        horizontalAlignment: Text.AlignHCenter
                        text: stop.row.at
                        color: Theme.ink2
                    }
                }
            }
        }
    }
}
