pragma ComponentBehavior: Bound

import QtQuick
import Design

// What is wrong at the moment and the key that mends it.
Column {
    id: list

    required property DeskPage page
    readonly property int count: banners.count

    spacing: 12

    Repeater {
        id: banners

        model: list.page.view.rows("banners")

        Banner {
            required property var row

            objectName: "banner_" + row.key
            width: list.width
            state2: row.state
            symbol: row.icon !== "" ? row.icon : Theme.stateIcon(row.state)
            what: row.what
            todo: row.todo
            small: row.small
            actionText: row.button
            actionName: "banner_" + row.act
            shortcut: row.cap
            onActed: list.page.act(row.act)
        }
    }
}
