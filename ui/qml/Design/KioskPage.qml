pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// A citizen's screen: header, steps, question, lead, content, actions, slip, help bar, each at its fixed place,
// upright 1080×1920 or lying 1920×1080. Pages put their content inside and read their data from ``view``.
StageItem {
    id: page

    readonly property PageModel view: Visit.view()
    readonly property var d: view.data
    default property alias content: body.data
    property string title: ""
    property string lead: ""
    property int step: 0
    property int steps: 0
    property string aside: steps > 0 ? Say.f("steps.of", {
        "n": step,
        "all": steps
    }) : Visit.hall + "　" + Visit.time
    property bool home: false
    property bool modest: false // home: something has to be said first, and the title makes room for it
    property bool slipShown: true
    property int slipCount: Visit.slipLines.rowCount()
    property bool slipEditable: false // lying: every line of the slip beside the page with 修改
    property bool broad: false // lying, without the slip: the content takes the whole width
    property bool helpCalled: false
    property int spacing: Theme.s3
    readonly property bool lying: width > height
    readonly property bool typing: here && Ime.panel !== ""
    // Keys lower: what is touched stands in the lower 40 %, what is only read above it. While somebody types, the
    // keyboard and the actions on top of it are touched, low enough both; the content comes down again with 收起.
    readonly property bool keysLow: Look.low && !lying
    readonly property bool lowered: keysLow && !typing
    property bool onlyRead: false // nothing in the content is touched: with the keys lowered it keeps its place
    readonly property bool contentLowered: lowered && !onlyRead
    // How far below the question the lowered content begins. It may be pushed up over that room, to be read in one piece.
    readonly property real sunk: contentLowered ? Math.max(0, Math.round(height * 0.6) - flick.y) : 0
    property alias upper: above
    property bool comforting: false
    // On lying panels the slip is a column beside the page; in large text it comes out of the help bar again.
    readonly property bool columned: lying && !Theme.elder
    readonly property int column: 600
    // Where room is dear the question scrolls away with what it asks for.
    readonly property bool afloat: !home && !typing && !lowered && (Theme.scale > 1.6 || lying && Theme.elder)
    readonly property real askedAt: lying ? (home ? 148 : steps > 0 ? 128 : 112) : home ? 208 : steps > 0 ? 176 : 160
    readonly property bool beside: lying && (typing || Theme.elder) && !home // the actions stand beside the page
    readonly property bool sheeted: slipShown && !columned && !keysLow && slipCount > 0 && !(typing && Theme.elder)
    readonly property real bodyWidth: body.width
    // Height between lead and actions: for content that wants to fill it.
    readonly property real bodyHeight: flick.height - sunk
    // Of it, what is seen before anybody scrolls: a question that floats takes its part.
    readonly property real seenHeight: flick.height - body.y - 8

    function act(name: string): void {
        Visit.act(name, {});
    }

    width: parent ? (parent as Item).width : 0
    height: parent ? (parent as Item).height : 0

    Connections {
        target: Visit.slipLines

        function onRowsInserted(): void {
            page.slipCount = Visit.slipLines.rowCount();
        }

        function onRowsRemoved(): void {
            page.slipCount = Visit.slipLines.rowCount();
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.paper
    }

    KioskHeader {
        id: header

        x: Theme.margin
        y: page.lying ? 24 : page.home ? 56 : 48
        width: page.width - 2 * Theme.margin
        aside: page.aside
        asideShort: page.steps > 0 ? page.step + " / " + page.steps : Visit.time
    }

    StepsBar {
        x: Theme.margin
        y: page.lying ? 108 : 140
        width: header.width
        visible: page.steps > 0
        step: page.step
        steps: page.steps
    }

    Item {
        id: moving

        width: page.width
        height: page.height

        Column {
            id: asking

            parent: page.afloat ? flick.contentItem : moving
            x: page.afloat ? 12 : Theme.margin
            y: page.afloat ? 0 : page.askedAt
            width: page.width - 2 * Theme.margin - (page.beside || page.columned && !page.broad ? page.column + 56 : 0)
            visible: !(page.typing && page.lying && Theme.elder)
            spacing: page.home ? 20 : 4

            SerifTitle {
                objectName: "title"
                width: parent.width
                visible: text !== ""
                text: page.title
                font.pixelSize: page.home && !page.modest && (page.lying || Theme.scale < 1.6) ? Theme.homeTitle : page.lying ? Math.min(Theme.question, 80) : Theme.question
            }

            BodyText {
                objectName: "lead"
                width: parent.width
                visible: text !== "" && !(page.typing && (Theme.elder || page.lying))
                text: page.lead
            }
        }

        // With the keys lowered: the slip to look at, or what a page puts here. Too high for its room, it is hidden: its
        // height must then not hang on whether its parts are seen, or it would come and go without end.
        Item {
            id: above

            parent: flick.contentItem
            x: 12
            width: asking.width
            height: Math.max(0, page.sunk - (page.home ? 0 : 28))
            visible: page.contentLowered

            Loader {
                width: parent.width
                active: page.contentLowered && page.slipShown && page.slipCount > 0
                visible: implicitHeight <= above.height
                sourceComponent: Slip {}
            }
        }

        Flickable {
            id: flick

            objectName: "asked"
            x: Theme.margin - 12
            y: page.afloat ? page.askedAt : page.askedAt + (asking.visible ? asking.height : 0) + (page.lowered && page.home ? 8 : page.typing || page.lying ? 16 : 28)
            width: asking.width + 24
            height: Math.max(0, (page.beside ? (page.typing ? keyboard.y : page.sheeted ? sheet.y : help.y) : page.sheeted && page.typing ? sheet.y : bottom.y) - y - (page.beside ? 12 : Theme.elder ? 44 : 36))
            contentWidth: width
            contentHeight: body.y + body.height + 8
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height
            clip: true

            Column {
                id: body

                x: 12
                y: page.afloat ? asking.height + 24 : page.sunk + 4
                width: flick.width - 24
                spacing: page.spacing
            }
        }

        MoreBelow {
            x: Theme.margin
            width: asking.width
            list: flick
            step: 0.8 * page.bodyHeight
        }
    }

    ActionBlock {
        id: bottom

        readonly property real floor: page.typing ? keyboard.y - (page.keysLow ? 8 : 20) : page.sheeted ? help.y - sheet.implicitHeight - 32 : help.y - (Theme.elder || page.lying || page.lowered ? 20 : 56)

        x: page.beside ? page.width - Theme.margin - width : Theme.margin
        width: page.beside ? page.column : asking.width
        actions: page.dressed ? page.view.rows("actions") : null
        tight: page.typing && (!page.lying || Theme.elder)
        flat: page.keysLow && (page.typing || Theme.elder)
        one: page.lying && !page.beside
        narrow: page.beside && Theme.elder
        onActed: name => page.act(name)

        // The slip that grows lifts the actions, but not from under a finger.
        Binding {
            target: bottom
            property: "y"
            value: bottom.floor - bottom.height
            when: !bottom.held
            restoreMode: Binding.RestoreNone
        }
    }

    Loader {
        id: sheet

        x: 36
        width: page.width - 72
        y: page.typing ? bottom.y - height - 16 : help.y - height
        z: 5
        active: page.sheeted && page.dressed
        sourceComponent: SlipSheet {
            newest: Theme.scale > 1.6 || page.lying ? 0 : Theme.elder ? 1 : page.typing ? 2 : 3
            fullHeight: help.y - 200
            onEdited: name => page.act(name)
        }
    }

    Flickable {
        x: page.width - Theme.margin - page.column
        y: 136
        width: page.column
        height: Math.max(0, help.y - y - 24)
        visible: page.columned && page.slipShown && !page.typing
        contentHeight: wholeSlip.height
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height
        clip: true

        Loader {
            id: wholeSlip

            width: parent.width
            active: page.columned && page.slipShown && page.dressed
            sourceComponent: Slip {
                editable: page.slipEditable
                onEdited: name => page.act(name)
            }
        }
    }

    Item {
        id: keyboard

        y: help.y - height
        width: page.width
        height: OneKeyboard.board.implicitHeight
        z: 10

        Binding {
            target: OneKeyboard.board
            property: "parent"
            value: keyboard
            when: page.here
            restoreMode: Binding.RestoreNone
        }
    }

    HelpBar {
        id: help

        y: page.height - height
        width: page.width
        z: 20
        made: page.dressed
        low: page.lying
        called: page.helpCalled
        comforting: page.comforting
        onHelpAsked: page.act("help")
        onComfortAsked: page.comforting = !page.comforting
    }

    // What is seldom opened is made when it is.
    Loader {
        width: page.width
        height: help.y
        z: 15
        active: page.comforting
        sourceComponent: ComfortSheet {
            onDone: page.comforting = false
        }
    }

    ParallelAnimation {
        running: page.here && !Theme.still

        NumberAnimation {
            target: moving
            property: "x"
            from: 24
            to: 0
            duration: Theme.pageTime
            easing.type: Easing.OutQuad
        }

        NumberAnimation {
            target: moving
            property: "opacity"
            from: 0
            to: 1
            duration: Theme.pageTime
            easing.type: Easing.OutQuad
        }
    }
}
