import QtQuick

// What a feedback is about; the whole row is the target.
ChooseDraft {}
