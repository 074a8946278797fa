import QtQuick

// The clerk's own card comes back.
RoomPage {}
