import QtQuick

// One of the drawings of Icons, stroked at the size it is shown.
Drawing {
    id: icon

    required property string name
    property color color: Theme.ink
    property int size: Theme.icon
    property bool strong: false // status icons: stroke 2.0

    width: size
    height: size
    boxWidth: 24
    boxHeight: 24
    body: name === "" ? "" : stroke(Icons.paths[name], color, strong ? 2.0 : 1.6, "none", "")
}
