pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Bridge

// The page's actions at their fixed place: the primary alone on its row, the other ways below it.
// With the keyboard open, primary and 上一步 share one row.
Column {
    id: block

    required property Rows actions
    property bool tight: false

    signal acted(string name)

    spacing: Theme.gap

    Repeater {
        model: block.actions

        ActButton {
            id: main

            required property var row

            objectName: row.name
            visible: (row.kind === "primary" || row.kind === "seal") && !block.tight
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

    RowLayout {
        width: block.width
        spacing: Theme.gap
        layoutDirection: block.tight ? Qt.RightToLeft : Qt.LeftToRight

        Repeater {
            model: block.actions

            ActButton {
                required property var row
                readonly property bool big: row.kind === "primary" || row.kind === "seal"
                readonly property bool back: row.name === "back"

                objectName: row.name
                visible: block.tight ? big || back && !Theme.elder : !big
                Layout.fillWidth: !back
                Layout.fillHeight: true
                Layout.preferredWidth: back ? Math.max(Theme.px(236), implicitWidth - 20) : 400
                Layout.preferredHeight: implicitHeight
                implicitHeight: Math.max(Theme.secondaryHeight, contentItem.implicitHeight + 24)
                kind: row.kind
                text: row.text
                symbol: row.icon
                wide: block.tight && row.icon === "arrow-right"
                enabled: row.enabled
                missing: row.missing
                busy: row.busy
                busyText: row.busyText
                onClicked: block.acted(row.name)
            }
        }
    }
}
