import QtQuick

// A colleague's card, and its PIN as at sign-in.
EnterPin {}
