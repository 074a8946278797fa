import QtQuick

// The window has changed hands.
RoomPage {}
