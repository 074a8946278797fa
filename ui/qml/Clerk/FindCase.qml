pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// The free desk: card, slip or code, whichever comes first. The field has the keyboard from the first moment.
ClerkPage {
    id: page

    function local(name: string): bool {
        if (name !== "up" && name !== "down")
            return false;
        const last = page.view.rows("cases").rowCount() - 1;
        Visit.note("pick", Math.max(0, Math.min(last, page.d.pick + (name === "up" ? -1 : 1))));
        return true;
    }

    Component.onCompleted: field.take()

    Row {
        id: ways

        width: page.bodyFull
        spacing: 24

        Repeater {
            id: tiles

            model: page.view.rows("ways")

            Rectangle {
                id: way

                required property var row

                objectName: "way_" + row.key
                width: (ways.width - 2 * ways.spacing) / 3
                height: Math.max(188, words.height + mark.height + 64)
                radius: 8
                color: Theme.wash
                border.width: Theme.washEdge
                border.color: Theme.edge
                Accessible.role: Accessible.StaticText
                Accessible.name: row.text + " " + row.detail

                Icon {
                    id: mark

                    x: 28
                    y: 26
                    name: way.row.icon
                    size: 56
                    color: Theme.act
                }

                Column {
                    id: words

                    x: 28
                    y: mark.y + mark.height + 14
                    width: parent.width - 56
                    spacing: 4

                    BodyText {
                        width: parent.width
                        text: way.row.text
                        strong: true
                        font.pixelSize: Theme.px(22)
                        color: Theme.ink
                        Accessible.ignored: true
                    }

                    LabelText {
                        width: parent.width
                        text: way.row.detail
                        color: Theme.ink2
                        Accessible.ignored: true
                    }
                }
            }
        }
    }

    StatusStrip {
        width: page.bodyFull
        symbol: page.d.busy ? "search" : "target"
        text: page.d.said
    }

    Item {
        width: 1
        height: 8
    }

    Field {
        id: field

        objectName: "code"
        width: Math.min(560, page.bodyFull)
        label: page.d.label
        kind: "latin"
        hint: page.d.placeholder
        symbol: "search"
        maximum: 16
        enabled: !page.d.busy
        onEdited: text => Visit.note("code", text)
    }
}
