import QtQuick

// The same rows as for drafts: what each is about; the whole row is the target.
ChooseDraft {}
