pragma ComponentBehavior: Bound

import QtQuick
import Design

// Expected left, read back right, verdict last: three lines for one device.
ClerkPage {
    id: page

    head: DeviceClock {
        page: page
    }

    foot: [
        BodyText {
            objectName: "tally"
            width: parent ? (parent as Item).width : 0
            text: page.d.tally
            strong: true
            color: Theme.ink
        },
        LabelText {
            width: parent ? (parent as Item).width : 0
            text: page.d.tallyMore
            color: Theme.ink2
        }
    ]

    DeskTable {
        objectName: "device"
        width: parent.width
        columns: page.columns
        rows: page.view.rows("rows")
        scanHint: page.d.plugHint
    }
}
