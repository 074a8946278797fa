import QtQuick

// A colleague's card and PIN.
RoomPage {}
