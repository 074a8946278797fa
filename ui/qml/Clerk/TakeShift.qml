import QtQuick

// The next clerk's card and PIN.
EnterPin {}
