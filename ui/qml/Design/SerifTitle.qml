import QtQuick

// The question of a screen, and everything else that speaks in the paper's voice.
Text {
    font.family: Theme.serif
    font.bold: true
    font.pixelSize: Theme.question
    color: Theme.ink
    lineHeight: Theme.titleLeading
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    Accessible.role: Accessible.Heading
    Accessible.name: text
}
