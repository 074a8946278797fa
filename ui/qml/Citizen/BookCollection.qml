import QtQuick

// The hour at which somebody comes to collect: days, then half hours.
WishPage {}
