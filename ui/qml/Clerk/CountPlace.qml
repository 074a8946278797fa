import QtQuick

// 盘点: scanned against the book.
RoomPage {}
