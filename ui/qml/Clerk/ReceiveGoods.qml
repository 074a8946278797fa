import QtQuick

// 入库, before two people.
RoomPage {}
