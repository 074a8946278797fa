pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// What is signed for, and the pad beside it. A moment that is over is only looked at.
CustomerPage {
    id: page

    readonly property bool locked: page.d.locked

    // Given up by the citizen or by the clerk: the pad is clean again.
    onLockedChanged: {
        if (!page.locked)
            pad.clear();
    }
    halved: true
    payloads: ({
            "signed": {
                "strokes": pad.strokes
            }
        })

    Grid {
        width: page.bodyWidth
        columns: page.halves
        layoutDirection: page.halves > 1 ? Qt.RightToLeft : Qt.LeftToRight // in large type the pad comes first
        columnSpacing: Theme.s5
        rowSpacing: Theme.s3

        SignaturePad {
            id: pad

            width: page.halfWidth
            height: Math.max(280, Math.min(460, page.roomBesideAction))
            locked: page.locked
            onChanged: strokes => Visit.note("drawn", strokes.length > 0 ? "yes" : "")
        }

        Column {
            width: page.halfWidth

            Repeater {
                model: page.view.rows("rows")

                CustomerRow {
                    objectName: "row_" + row.key
                    width: page.halfWidth
                }
            }
        }
    }
}
