import QtQuick
import Bridge

// 朗读·显示: the voice with its speed and volume, contrast, and everything touchable lower. Comes out of the help bar and
// stays within reach of a person who sits; all of it goes back when the visit ends.
Item {
    id: sheet

    signal done

    Accessible.role: Accessible.Dialog
    Accessible.name: Say.t("comfort.title")

    MouseArea {
        objectName: "dialog_scrim"
        anchors.fill: parent
        onClicked: sheet.done()
    }

    Rectangle {
        id: paper

        anchors.bottom: parent.bottom
        anchors.right: parent.right
        width: Math.min(parent.width, 1080)
        height: content.height + 32
        color: Theme.sheet
        border.width: Theme.hairline
        border.color: Theme.edge

        MouseArea {
            anchors.fill: parent
        }

        Column {
            id: content

            x: 36
            y: 16
            width: parent.width - 72
            spacing: 16

            Item {
                width: parent.width
                height: close.height

                BodyText {
                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width - close.width - 24
                    text: Say.t("comfort.title")
                    strong: true
                    font.pixelSize: Math.min(Theme.px(38), 46)
                    color: Theme.ink
                }

                ComfortKey {
                    id: close

                    objectName: "comfort_close"
                    anchors.right: parent.right
                    width: 240
                    on: true
                    text: Say.t("comfort.close")
                    onClicked: sheet.done()
                }
            }

            Grid {
                id: keys

                readonly property real wide: (width - columnSpacing) / 2

                width: parent.width
                columns: 2
                columnSpacing: Theme.gap
                rowSpacing: 16

                ComfortKey {
                    objectName: "comfort_aloud"
                    width: keys.wide
                    symbol: "speaker"
                    enabled: Look.speaks
                    on: Look.aloud
                    text: !Look.speaks ? Say.t("comfort.voiceless") : Look.aloud ? Say.t("comfort.quiet") : Say.t("comfort.aloud")
                    onClicked: Look.setAloud(!Look.aloud)
                }

                ComfortKey {
                    objectName: "comfort_again"
                    width: keys.wide
                    symbol: "resume"
                    enabled: Look.aloud
                    text: Say.t("comfort.again")
                    onClicked: Voice.again()
                }

                ComfortKey {
                    objectName: "comfort_speed"
                    width: keys.wide
                    symbol: "clock"
                    enabled: Look.speaks
                    on: Voice.slow
                    text: Voice.slow ? Say.t("comfort.usual") : Say.t("comfort.slower")
                    onClicked: Voice.nextSpeed()
                }

                ComfortKey {
                    objectName: "comfort_volume"
                    width: keys.wide
                    symbol: "speaker"
                    enabled: Look.speaks
                    text: Say.t(["comfort.volume.0", "comfort.volume.1", "comfort.volume.2"][Voice.volume])
                    onClicked: Voice.nextVolume()
                }

                ComfortKey {
                    objectName: "comfort_contrast"
                    width: keys.wide
                    symbol: "sun"
                    on: Look.contrast
                    text: Look.contrast ? Say.t("comfort.contrast_off") : Say.t("comfort.contrast")
                    onClicked: Look.setContrast(!Look.contrast)
                }

                ComfortKey {
                    objectName: "comfort_low"
                    width: keys.wide
                    symbol: "arrow-down"
                    on: Look.low
                    text: Look.low ? Say.t("comfort.low_off") : Say.t("comfort.low")
                    onClicked: Look.setLow(!Look.low)
                }
            }
        }
    }
}
