import QtQuick

// Social insurance and housing fund in one step.
WishPage {}
