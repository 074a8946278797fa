pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// The clerk's screen, 1920×1080: top bar, rail, case, slip, key bar. Keys act through the page's lists
// ``keys`` and ``tools`` {key, shortcut, words, action, enabled} and ``actions``; ``status`` are chips {key, state,
// text, icon}. ``side`` takes the slip's place where a page puts something of its own there.
FocusScope {
    id: page

    readonly property PageModel view: Visit.view()
    readonly property var d: view.data
    default property alias content: body.data
    property alias rail: railBody.data
    property alias head: headRight.data
    property alias foot: footLeft.data
    property alias side: sideBody.data
    property string title: ""
    property string heading: ""
    property string meta: ""
    property string staff: ""
    property bool slipShown: true
    readonly property real bodyWidth: 1084
    readonly property real bodyHeight: flick.height
    readonly property alias body: flick

    // Keys that no field took: F2, Enter, Up, Down, 1, Esc, Ctrl+Enter …
    signal keyed(string name)

    function act(name: string): void {
        Visit.act(name, {});
    }

    // Scrolls the case by most of a page.
    function turn(pages: int): void {
        const most = flick.contentHeight - flick.height;
        flick.contentY = Math.max(0, Math.min(most, flick.contentY + pages * (flick.height - Theme.target)));
    }

    // Brings a part of the case into sight.
    function reveal(y: real, height: real): void {
        const room = flick.height - Theme.target;
        const most = Math.max(0, flick.contentHeight - flick.height);
        if (y < flick.contentY)
            flick.contentY = Math.min(most, y);
        else if (y + height > flick.contentY + room)
            flick.contentY = Math.max(0, Math.min(most, y + height - room));
    }

    function press(name: string): bool {
        for (const list of ["keys", "actions", "tools"]) {
            const rows = page.view.rows(list);
            for (let i = 0; i < rows.rowCount(); i++) {
                const row = rows.row(i);
                if (row.shortcut === name && row.enabled) {
                    page.act(row.action ?? row.name);
                    return true;
                }
            }
        }
        if (name === "PgUp" || name === "PgDn")
            page.turn(name === "PgUp" ? -1 : 1);
        page.keyed(name);
        return false;
    }

    width: parent ? (parent as Item).width : 0
    height: parent ? (parent as Item).height : 0
    focus: true
    Keys.onPressed: event => {
        const name = DeskKeys.name(event.key, event.modifiers, event.text);
        if (name !== "") {
            page.press(name);
            event.accepted = true;
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.paper
    }

    component KeyHint: MouseArea {
        id: hint

        required property var row

        objectName: "key_" + row.key
        width: Math.max(Theme.target, hintRow.width)
        height: parent?.height ?? 0
        visible: row.enabled
        Accessible.role: Accessible.Button
        Accessible.name: row.words + " " + row.shortcut
        Accessible.onPressAction: page.press(row.shortcut)
        onClicked: page.press(row.shortcut)

        Row {
            id: hintRow

            anchors.verticalCenter: parent.verticalCenter
            spacing: 10

            KeyCap {
                anchors.verticalCenter: parent.verticalCenter
                text: hint.row.shortcut
            }

            LabelText {
                anchors.verticalCenter: parent.verticalCenter
                text: hint.row.words
                color: Theme.ink
                wrapMode: Text.NoWrap
            }
        }
    }

    DeskTop {
        id: top

        width: parent.width
        staff: page.staff
    }

    // --- rail ---
    Column {
        id: railBody

        x: 24
        y: 76
        width: 260
        spacing: 16
    }

    Rectangle {
        x: 308
        y: top.height
        width: 1
        height: keys.y - y
        color: Theme.line
    }

    // --- case ---
    Item {
        x: 332
        y: 76
        width: page.slipShown ? 1084 : 1564
        height: keys.y - y

        SerifTitle {
            id: question

            objectName: "title"
            text: page.title
            wrapMode: Text.NoWrap
        }

        BodyText {
            id: heading

            // Beside the title where it fits, else on a line of its own.
            readonly property bool beside: question.implicitWidth + 20 + implicitWidth <= parent.width - headRight.width - 16

            x: beside ? question.implicitWidth + 20 : 0
            y: beside ? question.y + question.baselineOffset - baselineOffset : question.height
            text: page.heading
            strong: true
            font.pixelSize: Theme.px(22)
            color: Theme.ink
            wrapMode: Text.NoWrap
        }

        LabelText {
            id: meta

            y: (heading.beside || page.heading === "" ? question.height : heading.y + heading.height) + 2
            width: parent.width - (headRight.width > 0 ? headRight.width + 16 : 0)
            text: page.meta
            color: Theme.ink2
        }

        Row {
            id: headRight

            anchors.right: parent.right
            spacing: 16
        }

        Flickable {
            id: flick

            y: Math.max(92, meta.y + meta.height + 16)
            width: parent.width
            height: foot.y - y - 12
            contentHeight: body.height
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height
            clip: contentHeight > height

            Column {
                id: body

                width: flick.width
                spacing: 16
            }
        }

        // More below: said at the fold; a press or PgDn shows it.
        Rectangle {
            y: flick.y + flick.height - height
            width: parent.width
            height: Theme.target
            visible: flick.interactive && !flick.atYEnd
            color: Theme.paper

            TextLink {
                objectName: "body_more"
                anchors.centerIn: parent
                text: Say.t("page.more")
                size: Theme.label
                onClicked: page.turn(1)
            }
        }

        Item {
            id: foot

            y: parent.height - height - 28
            width: parent.width
            height: Math.max(footRight.height, footLeft.height)

            Column {
                id: footLeft

                width: parent.width - footRight.width - 24
                anchors.verticalCenter: parent.verticalCenter
            }

            Row {
                id: footRight

                anchors.right: parent.right
                spacing: Theme.gap

                Repeater {
                    model: page.view.rows("actions")

                    ActButton {
                        required property var row

                        objectName: row.name
                        implicitHeight: Theme.primaryHeight
                        implicitWidth: Math.max(contentItem.implicitWidth + 56, 190)
                        kind: row.kind
                        text: row.text
                        symbol: row.icon
                        shortcut: row.shortcut
                        enabled: row.enabled
                        missing: row.missing
                        busy: row.busy
                        busyText: row.busyText
                        onClicked: page.act(row.name)
                    }
                }
            }
        }
    }

    Rectangle {
        x: 1440
        y: top.height
        width: 1
        height: keys.y - y
        visible: page.slipShown
        color: Theme.line
    }

    Item {
        id: sideBody

        x: 1464
        y: 76
        width: 432
        height: keys.y - y - 20
        visible: page.slipShown
    }

    Slip {
        x: sideBody.x
        y: sideBody.y
        width: sideBody.width
        height: sideBody.height
        visible: page.slipShown && sideBody.children.length === 0
        clip: true
    }

    // --- key bar ---
    Rectangle {
        id: keys

        y: parent.height - 52
        width: parent.width
        height: 52
        color: Theme.wash

        Rectangle {
            width: parent.width
            height: 1
            color: Theme.line
        }

        Row {
            x: 24
            height: parent.height
            spacing: Theme.elder ? 20 : 28

            Repeater {
                model: page.view.rows("keys")

                KeyHint {}
            }
        }

        Row {
            anchors.right: parent.right
            anchors.rightMargin: 24
            height: parent.height
            spacing: Theme.elder ? 20 : 28

            Repeater {
                model: page.view.rows("tools")

                KeyHint {
                    // Large type has room for one: the list that holds all others.
                    visible: row.enabled && (!Theme.elder || page.staff === "" || row.key === "palette")
                }
            }
        }
    }
}
