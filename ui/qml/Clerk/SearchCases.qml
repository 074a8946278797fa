import QtQuick

// 查办件, by any fragment.
RoomPage {}
