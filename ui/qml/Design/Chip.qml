import QtQuick

// A state: icon, word and colour. Filled in lists of few, bare in tables.
Rectangle {
    id: chip

    // ok | wait | stop | now | scan | seal | todo
    property string state2: "ok"
    property string text: ""
    property string symbol: Theme.stateIcon(state2)
    property bool bare: false
    property int size: Theme.label

    implicitWidth: line.implicitWidth + (bare ? 0 : size * 1.1)
    implicitHeight: line.implicitHeight + (bare ? 0 : size * 0.35)
    radius: height / 2
    color: bare ? "transparent" : Theme.stateWash(state2)
    border.width: bare ? 0 : Theme.washEdge
    border.color: Theme.stateColor(state2)
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Row {
        id: line

        anchors.centerIn: parent
        spacing: chip.size * 0.3

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: name !== ""
            name: chip.symbol
            size: Math.round(chip.size * 1.05)
            strong: true
            color: Theme.stateColor(chip.state2)
        }

        Text {
            anchors.verticalCenter: parent.verticalCenter
            text: chip.text
            font.family: Theme.sans
            font.bold: true
            font.pixelSize: chip.size
            color: Theme.stateColor(chip.state2)
            textFormat: Text.PlainText
            Accessible.ignored: true
        }
    }
}
