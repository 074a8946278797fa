import QtQuick

// The least size: labels, captions, reasons.
BodyText {
    font.pixelSize: Theme.label
    color: Theme.ink3
}
