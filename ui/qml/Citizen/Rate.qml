pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Bridge
import Design

// Five official levels, the same size each; none of them is picked for anybody.
CitizenPage {
    id: page

    Repeater {
        model: page.view.rows("levels")

        ActButton {
            id: one

            required property var row

            objectName: "level_" + row.key
            width: page.bodyWidth
            implicitHeight: Theme.primaryHeight
            text: row.text
            onClicked: page.tap(one.row)
        }
    }
}
