pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// Always there, always this order: 呼叫帮办 · 大字 · English · 朗读·显示. The active one names the way back.
Rectangle {
    id: bar

    property bool made: true // its four keys
    property bool called: false
    property bool low: false // lying panels

    property bool comforting: false // the sheet of the last place is open

    signal helpAsked
    signal comfortAsked

    implicitHeight: low ? Math.max(104, Theme.target) : Theme.helpBar
    color: Theme.wash

    Rectangle {
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }

    Loader {
        anchors.fill: parent
        active: bar.made
        sourceComponent: Row {
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
                objectName: "help_comfort"
                width: bar.width / 4
                height: bar.height
                beside: bar.low
                symbol: "speaker"
                text: Say.t("help.comfort")
                on: bar.comforting || Look.aloud
                onClicked: bar.comfortAsked()
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
}
