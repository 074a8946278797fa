pragma ComponentBehavior: Bound

import QtQuick
import Design

// Who stands at the window: the card, whether it is valid, whether this person may collect; the clerk compares.
ClerkPage {
    id: page

    Rectangle {
        width: parent.width
        height: Math.max(208, who.height + 48)
        visible: !page.d.waiting
        radius: 8
        color: Theme.sheet
        border.width: Theme.contrast ? 2 : 1
        border.color: Theme.contrast ? Theme.edge : Theme.line

        Rectangle {
            id: face

            x: 24
            y: 24
            width: 128
            height: 160
            radius: 6
            color: Theme.actWash
            border.width: Theme.washEdge
            border.color: Theme.act

            Icon {
                anchors.centerIn: parent
                name: "person"
                size: 84
                color: Theme.act
                visible: portrait.status !== Image.Ready
            }

            Image {
                id: portrait

                objectName: "portrait"
                anchors.fill: parent
                anchors.margins: 1
                source: page.d.portrait
                fillMode: Image.PreserveAspectCrop
                cache: false // nobody's face outlives the visit
            }
        }

        Column {
            id: who

            x: face.x + face.width + 32
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - x - 24
            spacing: 6

            BodyText {
                objectName: "who"
                width: parent.width
                text: page.d.who
                strong: true
                font.pixelSize: Theme.px(32)
                color: Theme.ink
            }

            BodyText {
                width: parent.width
                text: page.d.number
                font.pixelSize: Theme.px(22)
            }

            LabelText {
                width: parent.width
                text: page.d.expected
                color: Theme.ink2
            }

            LabelText {
                objectName: "noPortrait"
                width: parent.width
                visible: text !== ""
                text: page.d.noPortrait
                color: Theme.ink2
            }
        }
    }

    ReaderDrawing {
        width: parent.width
        height: 380
        visible: page.d.waiting
        caption: page.d.caption
    }

    BodyText {
        visible: page.d.waiting
        width: parent.width
        text: page.d.expected
        strong: true
        color: Theme.ink
    }

    Row {
        id: facts

        width: parent.width
        spacing: 24

        Repeater {
            model: page.view.rows("facts")

            PersonFact {
                objectName: "fact_" + row.key
                width: (facts.width - 2 * facts.spacing) / 3
            }
        }
    }

    StatusStrip {
        width: parent.width
        visible: text !== ""
        symbol: page.d.waiting ? "card" : Theme.stateIcon(page.d.howState) === "cross" ? "cross" : "people"
        state2: page.d.howState
        text: page.d.how
    }
}
