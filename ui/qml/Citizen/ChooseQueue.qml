import QtQuick

// One queue; the whole row is the target.
ChooseDraft {}
