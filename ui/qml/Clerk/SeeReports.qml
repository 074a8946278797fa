import QtQuick

// Reports as file or paper.
RoomPage {}
