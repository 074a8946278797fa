pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// Always there, always this order: 呼叫帮办 · 大字 · English · 朗读. The active one names the way back.
Rectangle {
    id: bar

    property bool called: false
    property bool low: false // lying panels

    signal helpAsked

    implicitHeight: low ? Math.max(104, Theme.target) : Theme.helpBar
    color: Theme.wash

    Rectangle {
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }

    Row {
        anchors.fill: parent

        HelpButton {
            objectName: "help_call"
            width: bar.width / 4
            height: bar.height
            beside: bar.low
            symbol: "hand"
            text: bar.called ? Say.t("help.called") : Say.t("help.call")
            on: bar.called
            onClicked: bar.helpAsked()
        }

        HelpButton {
            objectName: "help_size"
            width: bar.width / 4
            height: bar.height
            beside: bar.low
            symbol: "letters"
            text: Look.scale < 1.2 ? Say.t("help.large") : Look.scale < 1.6 ? Say.t("help.larger") : Say.t("help.standard")
            on: Look.scale > 1
            onClicked: Look.nextSize()
        }

        HelpButton {
            objectName: "help_language"
            width: bar.width / 4
            height: bar.height
            beside: bar.low
            symbol: "globe"
            text: Say.t("help.language")
            onClicked: Spoken.toggle()
        }

        HelpButton {
            objectName: "help_aloud"
            width: bar.width / 4
            height: bar.height
            beside: bar.low
            symbol: "speaker"
            enabled: Look.speaks
            text: !Look.speaks ? Say.t("help.voiceless") : Look.aloud ? Say.t("help.quiet") : Say.t("help.aloud")
            on: Look.aloud
            onClicked: Look.setAloud(!Look.aloud)
        }
    }

    Repeater {
        model: 3

        Rectangle {
            required property int index

            x: (index + 1) * bar.width / 4
            y: bar.height * 0.28
            width: 2
            height: bar.height * 0.44
            color: Theme.line
        }
    }
}
