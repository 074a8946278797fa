import QtQuick

// One thing by its number.
RoomPage {}
