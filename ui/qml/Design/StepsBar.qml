pragma ComponentBehavior: Bound

import QtQuick

// Done is ink, now is blue, the rest is line.
Row {
    id: bar

    required property int step
    required property int steps

    height: 8
    spacing: 6
    Accessible.role: Accessible.ProgressBar
    Accessible.name: Say.f("steps.of", {
        "n": step,
        "all": steps
    })

    Repeater {
        model: bar.steps

        Rectangle {
            required property int index

            width: (bar.width - (bar.steps - 1) * bar.spacing) / bar.steps
            height: bar.height
            radius: height / 2
            color: index + 1 < bar.step ? Theme.ink : index + 1 === bar.step ? Theme.act : Theme.line
            border.width: Theme.contrast && index + 1 > bar.step ? 2 : 0
            border.color: Theme.edge
        }
    }
}
