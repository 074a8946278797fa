import QtQuick

// Which of several companies; the whole row is the target.
ChooseDraft {}
