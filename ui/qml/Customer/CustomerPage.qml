pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// The frame of the citizen's screen at a window, made for lying panels from 1280×800 up: where one is, the question,
// what it is about, what may be touched, and a foot with the promise, the size and the language.
Item {
    id: page

    readonly property PageModel view: Visit.view()
    readonly property var d: view.data
    readonly property int margin: 56
    readonly property int spacing: Theme.s2
    readonly property real bodyWidth: flick.width
    readonly property real bodyHeight: flick.height
    // In large type two columns have no room beside each other.
    readonly property int halves: Theme.elder ? 1 : 2
    readonly property real halfWidth: (bodyWidth - (halves - 1) * Theme.s5) / halves
    // The action stands below the right half only, and the left half goes down to the foot.
    property bool halved: false
    // Title and lead; narrower where something stands beside them.
    property real wordsWidth: bodyWidth
    readonly property real bodyTop: flick.y
    // Nothing but a title and a sentence: said large, in the middle of the glass.
    property bool calm: false
    readonly property bool parting: halved && halves > 1
    // From the first thing below title and lead to where the action or the foot begins.
    readonly property real roomAbove: lead.y + (lead.visible ? lead.height : 0) + spacing
    readonly property real roomBesideAction: bottom.y - flick.y - 16 - roomAbove
    // What goes with an action, where the action needs more than its name.
    property var payloads: ({})
    default property alias content: body.data

    function act(name: string): void {
        Visit.act(name, page.payloads[name] ?? {});
    }

    width: parent ? (parent as Item).width : 0
    height: parent ? (parent as Item).height : 0

    Rectangle {
        anchors.fill: parent
        color: Theme.paper
    }

    KioskHeader {
        id: header

        x: page.margin
        y: 20
        width: page.width - 2 * page.margin
        aside: [Visit.hall, Visit.window, Visit.time].filter(one => one !== "").join("　")
        asideShort: Visit.window
    }

    Flickable {
        id: flick

        x: page.margin
        y: header.y + header.height + 12
        width: page.width - 2 * page.margin
        height: (page.parting ? foot.y : bottom.y) - y - 16
        contentWidth: width
        contentHeight: body.height + 8
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height
        clip: true

        Column {
            id: body

            width: flick.width
            spacing: page.spacing
            topPadding: page.calm ? flick.height * 0.18 : 0

            SerifTitle {
                objectName: "title"
                width: page.wordsWidth
                text: page.d.question
                font.pixelSize: page.calm ? Math.min(Theme.px(84), 100) : Math.min(Theme.px(54), 80)
            }

            BodyText {
                id: lead

                objectName: "lead"
                width: page.wordsWidth
                visible: text !== ""
                text: page.d.lead
            }
        }
    }

    MoreBelow {
        x: page.margin
        width: page.parting ? page.halfWidth : page.wordsWidth // beside the pad it belongs to the list alone
        list: flick
    }

    ActionBlock {
        id: bottom

        x: page.margin + (page.parting ? page.halfWidth + Theme.s5 : 0)
        y: foot.y - height - (visible && height > 0 ? 20 : 0)
        width: page.parting ? page.halfWidth : page.bodyWidth
        actions: page.view.rows("actions")
        one: true
        onActed: name => page.act(name)
    }

    Rectangle {
        id: foot

        y: page.height - height
        width: page.width
        height: Math.max(100, Theme.target)
        color: Theme.wash

        Rectangle {
            width: parent.width
            height: Theme.hairline
            color: Theme.line
        }

        Icon {
            id: shield

            x: page.margin
            anchors.verticalCenter: parent.verticalCenter
            name: "shield-check"
            size: Theme.iconSmall
            color: Theme.ink2
        }

        LabelText {
            x: shield.x + shield.width + 16
            anchors.verticalCenter: parent.verticalCenter
            width: help.x - x - 16
            text: page.d.private
            font.pixelSize: Math.min(Theme.label, 40)
            color: Theme.ink2
        }

        Row {
            id: help

            anchors.right: parent.right
            anchors.rightMargin: page.margin - 20
            height: parent.height

            HelpButton {
                objectName: "help_size"
                width: 350
                height: parent.height
                beside: true
                symbol: "letters"
                text: Look.scale < 1.2 ? Say.t("help.large") : Look.scale < 1.6 ? Say.t("help.larger") : Say.t("help.standard")
                on: Look.scale > 1
                onClicked: Look.nextSize()
            }

            HelpButton {
                objectName: "help_language"
                width: 270
                height: parent.height
                beside: true
                symbol: "globe"
                text: Say.t("help.language")
                onClicked: Spoken.toggle()
            }
        }
    }
}
