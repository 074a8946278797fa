pragma ComponentBehavior: Bound

import QtQuick
import Design

// What goes over the counter, two beside each other, each with its number.
Grid {
    id: grid

    required property DeskPage page

    columns: 2
    columnSpacing: 32

    Repeater {
        model: grid.page.view.rows("goods")

        Item {
            id: article

            required property var row

            objectName: "goods_" + row.key
            width: (grid.width - grid.columnSpacing) / 2
            height: Math.max(Theme.row, name.height + 12, number.height + 12)
            Accessible.role: Accessible.StaticText
            Accessible.name: row.text + " " + row.number

            Icon {
                id: mark

                anchors.verticalCenter: parent.verticalCenter
                name: article.row.icon
                size: 24
            }

            BodyText {
                id: name

                x: 38
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - x - number.width - 16
                text: article.row.text
                strong: true
                color: Theme.ink
                lineHeight: 0.92
                Accessible.ignored: true
            }

            BodyText {
                id: number

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                text: article.row.number
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }

            Rectangle {
                anchors.bottom: parent.bottom
                width: parent.width
                height: 1
                color: Theme.line
            }
        }
    }
}
