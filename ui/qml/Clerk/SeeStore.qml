import QtQuick

// 保管库: five lists of the same store.
RoomPage {}
