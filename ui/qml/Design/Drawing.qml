import QtQuick

// A line drawing in SVG, rendered at exactly the size it is shown. ``body`` are paths in a box of boxWidth × boxHeight;
// without a box the units are pixels.
Image {
    id: drawing

    property string body: ""
    property real boxWidth: 0
    property real boxHeight: 0
    property bool once: false // drawn for this moment only, and kept nowhere
    readonly property int wide: Math.ceil(width)
    readonly property int high: Math.ceil(height)

    function stroke(path: string, color: color, thick: real, fill: string, extra: string): string {
        return "<path d='" + path + "' stroke='" + color + "' stroke-width='" + thick + "' fill='" + fill + "' stroke-linecap='round' stroke-linejoin='round' " + extra + "/>";
    }

    sourceSize.width: wide
    sourceSize.height: high
    smooth: true
    asynchronous: false
    cache: !once
    source: body === "" || wide <= 0 || high <= 0 ? "" : "image://drawing/" + (once ? "once/" : "") + encodeURIComponent("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 " + (boxWidth > 0 ? boxWidth : wide) + " " + (boxHeight > 0 ? boxHeight : high) + "'>" + body + "</svg>")
    Accessible.ignored: true
}
