import QtQuick

// 调拨入库: what has really arrived.
RoomPage {}
