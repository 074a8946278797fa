import QtQuick

// The same paper at the slot, or the code as large as it gets.
TakeReceipt {}
