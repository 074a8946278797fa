import QtQuick

// This terminal's card reader: ink for the thing, blue for where to put the hand.
Rectangle {
    id: drawing

    property string caption: ""
    property bool carded: false // a card lies on it

    implicitHeight: 560
    radius: 18
    color: Theme.wash
    border.width: Theme.washEdge
    border.color: Theme.edge
    Accessible.role: Accessible.Graphic
    Accessible.name: caption

    BodyText {
        id: words

        x: 36
        y: 28
        text: drawing.caption
        strong: true
        font.pixelSize: Theme.label
    }

    // Drawn once, when it is on the glass and has its size.
    Drawing {
        id: picture

        readonly property real factor: Math.min(1.1, (parent.width - 60) / 750, (parent.height - words.height - 76) / 408)
        readonly property string reader: stroke("M102 222H648L746 354V404H4V354Z", Theme.ink, 4, Theme.sheet, "") + stroke("M4 354H746", Theme.ink, 3, "none", "") + stroke("M206 250H544L600 328H150Z", Theme.act, 4, Theme.actWash, "") + stroke("M310 298Q375 264 440 298M338 308Q375 288 412 308", Theme.act, 5, "none", "") + stroke("M288 380H462", Theme.act, 10, "none", "")
        readonly property string card: stroke("M234 2H516Q524 2 526 10L560 148Q562 156 554 156H196Q188 156 190 148L224 10Q226 2 234 2Z", Theme.ink, 4, Theme.sheet, "") + stroke("M258 42H348M252 68H328M246 94H360M240 120H378", Theme.edge, 6, "none", "") + stroke("M418 38H488L506 122H428Z", Theme.act, 4, Theme.actWash, "") + stroke("M457 54a12 12 0 1 0 0 24a12 12 0 1 0 0-24zM439 108Q462 66 486 108", Theme.act, 4, "none", "")
        readonly property string arrow: stroke("M375 168V208M356 190L375 209L394 190", Theme.act, 6, "none", "")

        anchors.horizontalCenter: parent.horizontalCenter
        y: words.y + words.height + (parent.height - words.y - words.height - height) / 2 - 6
        width: 750 * factor
        height: 408 * factor
        boxWidth: 750
        boxHeight: 408
        body: Window.window === null ? "" : reader + (drawing.carded ? "<g transform='translate(0 118)'>" + card + "</g>" : card + arrow)
    }
}
