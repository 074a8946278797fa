import QtQuick

// What stands on the stage: first its content is made, and what is around it (its dress) when it is asked for.
Item {
    property bool dressed: false
}
