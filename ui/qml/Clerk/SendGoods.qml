import QtQuick

// 调拨 out of a place.
RoomPage {}
