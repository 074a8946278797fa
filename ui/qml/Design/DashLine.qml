import QtQuick

// The tear-off line of paper, in the colour of borders.
Drawing {
    height: 3
    body: "<path d='M1 1.5H" + (wide - 1) + "' stroke='" + Theme.edge + "' stroke-width='" + (Theme.desk ? 1.4 : 2) + "' stroke-dasharray='" + (Theme.desk ? "5 4" : "9 6") + "'/>"
}
