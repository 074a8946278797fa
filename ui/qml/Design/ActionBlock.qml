pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Bridge

// The page's actions at their fixed place: the primary alone on its row, the other ways below it.
// With the keyboard open, primary and 上一步 share one row; on lying panels all of them do, as long as they fit.
Column {
    id: block

    required property Rows actions
    property bool tight: false
    property bool one: false
    property bool narrow: false // a column beside the page, in large text: every action on a row of its own
    property bool flat: false // no higher than a finger needs
    readonly property bool shared: tight || one || narrow
    property Item pressed: null
    readonly property bool held: pressed !== null // a finger is on it: nothing may move away from under it

    signal acted(string name)

    function isBig(row: var): bool {
        return row.kind === "primary" || row.kind === "seal";
    }

    function highEnough(usual: real, inside: real): real {
        return block.flat ? Math.max(Theme.target, inside + 12) : Math.max(usual, inside + 24);
    }

    function press(button: Item, down: bool): void {
        if (down)
            block.pressed = button;
        else if (block.pressed === button)
            block.pressed = null;
    }

    spacing: Theme.gap

    // Each action is made once, where it stands now; what stands elsewhere is not made.
    Repeater {
        model: block.shared ? null : block.actions

        Loader {
            id: main

            required property var row

            width: block.width
            active: block.isBig(row)
            visible: active
            sourceComponent: ActButton {
                objectName: main.row.name
                implicitHeight: block.highEnough(Theme.primaryHeight, contentItem.implicitHeight)
                kind: main.row.kind
                text: main.row.text
                symbol: main.row.icon
                wide: main.row.icon.startsWith("arrow-")
                enabled: main.row.enabled
                missing: main.row.missing
                busy: main.row.busy
                busyText: main.row.busyText
                onDownChanged: block.press(this, down)
                onClicked: block.acted(main.row.name)
            }
        }
    }

    GridLayout {
        width: block.width
        columns: block.narrow ? 1 : 12
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap

        Repeater {
            model: block.narrow ? block.actions : null

            Deed {
                active: big
            }
        }

        Repeater {
            model: block.actions

            Deed {
                // in the largest text the column beside the keys has room for two short labels only
                active: block.tight ? back && (!Theme.elder || block.narrow && (Theme.scale < 1.6 || row.name === "back")) : !big
            }
        }

        Repeater {
            model: block.shared && !block.narrow ? block.actions : null

            Deed {
                active: big
            }
        }
    }

    component Deed: Loader {
        id: deed

        required property var row
        readonly property bool big: block.isBig(row)
        readonly property bool back: row.name.endsWith("back")

        visible: active
        Layout.fillWidth: !back || block.narrow
        Layout.fillHeight: true
        Layout.preferredWidth: back ? Math.max(Theme.px(236), implicitWidth - 20) : block.one ? implicitWidth + (big ? 160 : 0) : 400
        Layout.preferredHeight: implicitHeight
        sourceComponent: ActButton {
            objectName: deed.row.name
            implicitHeight: block.highEnough(Theme.secondaryHeight, contentItem.implicitHeight)
            kind: deed.row.kind
            text: (Theme.scale > 1.6 || block.one) && deed.row.short !== "" ? deed.row.short : deed.row.text
            symbol: deed.row.icon
            letters: block.narrow || !filled ? Theme.button : Theme.primary
            wide: block.shared && deed.row.icon === "arrow-right"
            enabled: deed.row.enabled
            missing: deed.row.missing
            busy: deed.row.busy
            busyText: deed.row.busyText
            onDownChanged: block.press(this, down)
            onClicked: block.acted(deed.row.name)
        }
    }
}
