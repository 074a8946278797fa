pragma ComponentBehavior: Bound

import QtQuick
import Design

// The wall has one screen.
StepStage {
    pages: ({
            "show_queue": showQueue
        })

    Component {
        id: showQueue

        ShowQueue {}
    }
}
