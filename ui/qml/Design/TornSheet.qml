import QtQuick

// A sheet of receipt paper: torn above, below, or cut off at the bottom where it comes out of the terminal.
Item {
    id: sheet

    default property alias content: inside.data
    property bool tornTop: true
    property bool tornBottom: true
    property int padding: Theme.desk ? 24 : 36
    readonly property int tooth: Theme.tooth
    readonly property real edgeTop: tornTop ? tooth / 2 : 0
    readonly property real edgeBottom: tornBottom ? tooth / 2 : 0

    function outline(w: real, h: real): string {
        const n = Math.max(1, Math.round(w / sheet.tooth));
        const step = w / n;
        const top = sheet.edgeTop;
        const bottom = h - sheet.edgeBottom;
        let path = "M0 " + top;
        if (sheet.tornTop) {
            for (let i = 0; i < n; i++)
                path += "L" + (i + 0.5) * step + " 0L" + (i + 1) * step + " " + top;
        } else {
            path += "L" + w + " " + top;
        }
        path += "L" + w + " " + bottom;
        if (sheet.tornBottom) {
            for (let i = n; i > 0; i--)
                path += "L" + (i - 0.5) * step + " " + h + "L" + (i - 1) * step + " " + bottom;
        } else {
            path += "L0 " + bottom;
        }
        return path + "Z";
    }

    implicitHeight: inside.childrenRect.height + 2 * padding

    Drawing {
        anchors.fill: parent
        body: "<path d='" + sheet.outline(wide - 2, high - 2) + "' transform='translate(1 1)' stroke='" + (Theme.contrast ? Theme.edge : Theme.line) + "' stroke-width='" + (Theme.desk ? 1.2 : 2) + "' fill='" + Theme.sheet + "'/>"
    }

    Item {
        id: inside

        x: sheet.padding
        y: sheet.padding
        width: sheet.width - 2 * sheet.padding
        height: sheet.height - 2 * sheet.padding
    }
}
