import QtQuick

// The leaving clerk's PIN, as at sign-in.
EnterPin {}
