import QtQuick

// 交接班: what is open at the window and what lies in its drawer.
RoomPage {}
