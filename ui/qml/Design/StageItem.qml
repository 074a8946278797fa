import QtQuick

// What stands on the stage: first its content is made, then what is around it (its dress), then it is here: on the glass.
Item {
    property bool dressed: false
    property bool here: false
}
