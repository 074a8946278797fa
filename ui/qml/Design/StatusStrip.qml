import QtQuick

// What the terminal is waiting for, said beside its icon, with where it happens at the right.
Rectangle {
    id: strip

    property string symbol: ""
    property string text: ""
    property string aside: ""
    property string state2: "now"

    implicitHeight: Math.max(Theme.desk ? 48 : 104, words.implicitHeight + 32)
    radius: Theme.desk ? 8 : 14
    color: Theme.stateWash(state2)
    border.width: Theme.washEdge
    border.color: Theme.stateColor(state2)
    Accessible.role: Accessible.StaticText
    Accessible.name: text + " " + aside

    Icon {
        id: mark

        x: Theme.desk ? 16 : 36
        anchors.verticalCenter: parent.verticalCenter
        name: strip.symbol
        size: Theme.icon
        color: Theme.stateColor(strip.state2)
    }

    Column {
        id: words

        x: mark.x + mark.width + (Theme.desk ? 12 : 26)
        width: parent.width - x - 24
        anchors.verticalCenter: parent.verticalCenter

        BodyText {
            width: parent.width
            text: strip.text
            strong: true
            font.pixelSize: Theme.desk ? Theme.body : Theme.px(42)
            lineHeight: 0.92
            color: Theme.stateColor(strip.state2)
        }

        BodyText {
            width: parent.width
            visible: text !== "" && !aside.fits
            text: strip.aside
            font.pixelSize: Theme.label
        }
    }

    BodyText {
        id: aside

        readonly property bool fits: implicitWidth + mark.x + mark.width + strip.text.length * Theme.px(42) + 100 < strip.width

        anchors.right: parent.right
        anchors.rightMargin: Theme.desk ? 16 : 36
        anchors.verticalCenter: parent.verticalCenter
        visible: fits
        text: strip.aside
        font.pixelSize: Theme.desk ? Theme.label : Theme.px(36)
        wrapMode: Text.NoWrap
    }
}
