import QtQuick

// Invoices, their limits, and what the tax office wants to know once.
WishPage {}
