import QtQuick

// One case from all sides.
RoomPage {}
