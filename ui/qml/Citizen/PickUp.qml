import QtQuick

// Where everything is collected, or to whom it is sent.
WishPage {}
