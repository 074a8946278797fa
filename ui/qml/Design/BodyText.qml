import QtQuick

// Running text: 1.45 leading comes with the font.
Text {
    property bool strong: false

    font.family: Theme.sans
    font.bold: strong
    font.pixelSize: Theme.body
    color: Theme.ink2
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
