pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Nobody is here: one sentence of policy after another, calmly; one touch or key, and the home screen is back.
Rectangle {
    id: sheet

    required property Rows sentences
    property string hint: ""
    property int at: 0
    readonly property int count: guides.count

    objectName: "idle_sheet"
    color: Theme.paper
    focus: true
    Keys.onPressed: event => {
        event.accepted = true;
        Visit.wake();
    }
    Component.onCompleted: forceActiveFocus()

    Timer {
        interval: 12000
        repeat: true
        running: sheet.count > 1
        onTriggered: sheet.at = (sheet.at + 1) % sheet.count
    }

    KioskHeader {
        x: Theme.margin
        y: 56
        width: sheet.width - 2 * Theme.margin
        aside: Visit.hall + "　" + Visit.time
        asideShort: Visit.time
    }

    Repeater {
        id: guides

        model: sheet.sentences

        Column {
            id: one

            required property var row
            required property int index

            anchors.verticalCenter: parent.verticalCenter
            x: Theme.margin
            width: sheet.width - 2 * Theme.margin
            visible: one.index === sheet.at
            spacing: Theme.s4

            Icon {
                name: one.row.icon
                size: 96
                color: Theme.ink
            }

            SerifTitle {
                width: parent.width
                text: one.row.text
                font.pixelSize: Theme.question
            }

            BodyText {
                width: parent.width
                text: one.row.detail
                font.pixelSize: Theme.px(46)
            }
        }
    }

    BodyText {
        x: Theme.margin
        y: sheet.height - height - Theme.s6
        width: sheet.width - 2 * Theme.margin
        text: sheet.hint
        strong: true
        color: Theme.act
        font.pixelSize: Theme.primary
    }

    MouseArea {
        objectName: "idle_wake"
        anchors.fill: parent
        Accessible.role: Accessible.Button
        Accessible.name: sheet.hint
        Accessible.onPressAction: Visit.wake()
        onClicked: Visit.wake()
    }
}
