pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Who signs for a company: by what right, then who of those who are here; anybody else lays the card.
Column {
    id: editor

    required property var d
    required property Rows rights
    required property Rows signers
    required property int halves

    signal tapped(var row)

    spacing: Theme.s3

    Grid {
        width: editor.width
        columns: editor.halves
        columnSpacing: Theme.s5

        Repeater {
            model: editor.rights

            ChoiceRow {
                id: one

                required property var row

                objectName: "right_" + row.key
                width: (editor.width - (editor.halves - 1) * Theme.s5) / editor.halves
                text: row.text
                detail: row.detail
                picked: row.picked
                onClicked: editor.tapped(one.row)
            }
        }
    }

    Field {
        objectName: "giver"
        width: editor.width
        visible: editor.d.giverLabel !== ""
        label: editor.d.giverLabel
        hint: editor.d.giverHint
        value: editor.d.giver
        kind: "pinyin"
        maximum: 40
        onEdited: text => Visit.note("giver", text)
    }

    BodyText {
        width: editor.width
        visible: text !== ""
        text: editor.d.signersLabel
        strong: true
    }

    TileGrid {
        width: editor.width
        columns: Theme.scale > 1.2 ? 1 : 2
        prefix: "signer_"
        options: editor.signers
        onTapped: row => editor.tapped(row)
    }
}
