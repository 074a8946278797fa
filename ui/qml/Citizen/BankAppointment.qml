import QtQuick

// The appointment for a bank account: an offer.
WishPage {}
