import QtQuick

// Which seals, and who makes them.
WishPage {}
