pragma ComponentBehavior: Bound

import QtQuick

// 这一单, its code, and how much of it is filled in.
Item {
    id: head

    required property var slip
    property string chevron: ""

    readonly property bool fits: code.x + code.width + 24 + filled.implicitWidth + (head.chevron !== "" ? mark.width + 14 : 0) <= width

    implicitHeight: title.implicitHeight + (fits ? 0 : filled.implicitHeight) + (Theme.desk ? 8 : 12)

    Text {
        id: title

        text: Say.t("slip.title")
        font.family: Theme.serif
        font.bold: true
        font.pixelSize: Theme.slipTitle
        color: Theme.ink
        lineHeight: 0.92
        Accessible.ignored: true
    }

    Text {
        id: code

        anchors.baseline: title.baseline
        x: title.width + (Theme.desk ? 12 : 22)
        text: head.slip.code
        font.family: Theme.sans
        font.pixelSize: Theme.desk ? Theme.label : Theme.px(32)
        color: Theme.ink3
        textFormat: Text.PlainText
        Accessible.ignored: true
    }

    Text {
        id: filled

        x: head.fits ? parent.width - width - (head.chevron !== "" ? mark.width + 14 : 0) : 0
        y: head.fits ? title.baselineOffset - baselineOffset : title.height
        text: head.slip.progress
        font.family: Theme.sans
        font.pixelSize: Theme.desk ? Theme.label : Theme.px(30)
        color: Theme.ink2
        textFormat: Text.PlainText
        Accessible.ignored: true
    }

    Icon {
        id: mark

        anchors.right: parent.right
        anchors.verticalCenter: title.verticalCenter
        visible: name !== ""
        name: head.chevron
        size: Theme.desk ? 18 : 34
        color: Theme.act
    }

    DashLine {
        anchors.bottom: parent.bottom
        width: parent.width
    }
}
