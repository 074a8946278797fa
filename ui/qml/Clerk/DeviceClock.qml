import QtQuick
import Bridge
import Design

// How long there is until the sixty minutes are over, and for how long they have been.
Item {
    id: clock

    required property ClerkPage page
    readonly property int toGo: Math.floor((page.d.dueAt - Visit.clock) / 1000)
    readonly property int far: Math.abs(toGo)
    readonly property bool late: toGo < 0
    readonly property bool soon: toGo < 900
    readonly property color tint: late ? Theme.stop : soon ? Theme.wait : Theme.ink

    visible: page.d.dueShown
    implicitWidth: Math.max(words.implicitWidth, word.implicitWidth) + time.implicitWidth + 24
    implicitHeight: Theme.px(25) * 2 + 10
    Accessible.role: Accessible.StaticText
    Accessible.name: words.text + " " + time.text

    BodyText {
        id: word

        text: clock.late ? Say.t("devices.late") : clock.soon ? Say.t("devices.soon") : ""
        strong: true
        font.pixelSize: Theme.label
        color: clock.tint
        visible: text !== ""
        wrapMode: Text.NoWrap
    }

    LabelText {
        id: words

        y: Theme.px(25)
        text: clock.page.d.dueWords
        color: Theme.ink2
        wrapMode: Text.NoWrap
    }

    Text {
        id: time

        anchors.right: parent.right
        y: -4
        text: (clock.late ? "+" : "") + Math.floor(clock.far / 60).toString().padStart(2, "0") + ":" + (clock.far % 60).toString().padStart(2, "0")
        font.family: Theme.sans
        font.bold: true
        font.pixelSize: 44
        color: clock.tint
        Accessible.ignored: true
    }
}
