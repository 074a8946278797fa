import QtQuick

// 待办: what waits for a person.
RoomPage {}
