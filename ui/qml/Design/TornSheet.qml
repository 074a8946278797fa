pragma ComponentBehavior: Bound

import QtQuick

// A sheet of receipt paper: torn above, below, or cut off at the bottom where it comes out of the terminal.
// Only its two edges are drawings: one of the whole sheet would be drawn anew for every height.
Item {
    id: sheet

    default property alias content: inside.data
    property bool tornTop: true
    property bool tornBottom: true
    property int padding: Theme.desk ? 24 : 36
    readonly property int tooth: Theme.tooth
    readonly property color line: Theme.contrast ? Theme.edge : Theme.line

    // One edge in a box of w × tooth pixels, its sides included: from side to side, points at tip, notches at base.
    function edge(wide: int, torn: bool, side: real, tip: real, base: real): string {
        const w = wide - 2;
        const n = Math.max(1, Math.round(w / sheet.tooth));
        const step = w / n;
        let path = "M0 " + side + "L0 " + (torn ? base : tip);
        if (torn) {
            for (let i = 0; i < n; i++)
                path += "L" + (i + 0.5) * step + " " + tip + "L" + (i + 1) * step + " " + base;
        } else {
            path += "L" + w + " " + tip;
        }
        return "<path d='" + path + "L" + w + " " + side + "' transform='translate(1 1)' stroke='" + sheet.line + "' stroke-width='" + (Theme.desk ? 1.2 : 2) + "' fill='" + Theme.sheet + "'/>";
    }

    implicitHeight: inside.childrenRect.height + 2 * padding

    Drawing {
        id: above

        width: sheet.width
        height: sheet.tooth
        body: sheet.edge(wide, sheet.tornTop, sheet.tooth, 0, sheet.tooth / 2)
    }

    Rectangle {
        x: 1
        y: above.height
        width: sheet.width - 2
        height: Math.max(0, below.y - y)
        color: Theme.sheet
    }

    Side {}

    Side {
        x: sheet.width - width
    }

    Drawing {
        id: below

        y: sheet.height - height
        width: sheet.width
        height: sheet.tooth
        body: sheet.edge(wide, sheet.tornBottom, -1, sheet.tooth - 2, sheet.tooth / 2 - 2)
    }

    Item {
        id: inside

        x: sheet.padding
        y: sheet.padding
        width: sheet.width - 2 * sheet.padding
        height: sheet.height - 2 * sheet.padding
    }

    component Side: Rectangle {
        y: above.height
        width: 2
        height: Math.max(0, below.y - y)
        color: Qt.alpha(sheet.line, Theme.desk ? 0.6 : 1) // as much of two pixels as the edges' stroke takes
    }
}
