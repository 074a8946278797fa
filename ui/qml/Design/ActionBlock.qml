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
    readonly property bool shared: tight || one || narrow

    signal acted(string name)

    spacing: Theme.gap

    // Each action is made once, where it stands now; what stands elsewhere has no model.
    Repeater {
        model: block.shared ? null : block.actions

        ActButton {
            id: main

            required property var row

            objectName: row.name
            visible: row.kind === "primary" || row.kind === "seal"
            width: block.width
            kind: row.kind
            text: row.text
            symbol: row.icon
            wide: row.icon.startsWith("arrow-")
            enabled: row.enabled
            missing: row.missing
            busy: row.busy
            busyText: row.busyText
            onClicked: block.acted(row.name)
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
                visible: big
            }
        }

        Repeater {
            model: block.actions

            Deed {
                // in the largest text the column beside the keys has room for two short labels only
                visible: block.tight ? back && (!Theme.elder || block.narrow && (Theme.scale < 1.6 || row.name === "back")) : !big
            }
        }

        Repeater {
            model: block.shared && !block.narrow ? block.actions : null

            Deed {
                visible: big
            }
        }
    }

    component Deed: ActButton {
        required property var row
        readonly property bool big: row.kind === "primary" || row.kind === "seal"
        readonly property bool back: row.name.endsWith("back")

        objectName: row.name
        Layout.fillWidth: !back || block.narrow
        Layout.fillHeight: true
        Layout.preferredWidth: back ? Math.max(Theme.px(236), implicitWidth - 20) : block.one ? implicitWidth + (big ? 160 : 0) : 400
        Layout.preferredHeight: implicitHeight
        implicitHeight: Math.max(Theme.secondaryHeight, contentItem.implicitHeight + 24)
        kind: row.kind
        text: (Theme.scale > 1.6 || block.one) && row.short !== "" ? row.short : row.text
        symbol: row.icon
        letters: block.narrow || !filled ? Theme.button : Theme.primary
        wide: block.shared && row.icon === "arrow-right"
        enabled: row.enabled
        missing: row.missing
        busy: row.busy
        busyText: row.busyText
        onClicked: block.acted(row.name)
    }
}
