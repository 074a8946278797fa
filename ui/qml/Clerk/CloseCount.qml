import QtQuick

// Differences of a count, closed by two.
RoomPage {}
