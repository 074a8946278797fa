import QtQuick

// A code without personal data, whole pixels per module.
Image {
    id: qr

    property string text: ""
    property int side: 160

    visible: text !== ""
    sourceSize.width: side
    sourceSize.height: side
    source: text === "" ? "" : "image://qr/" + encodeURIComponent(text)
    smooth: false
    asynchronous: false
    cache: false // somebody's: it goes with the page
    Accessible.role: Accessible.Graphic
    Accessible.name: text
}
