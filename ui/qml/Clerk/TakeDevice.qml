pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// A blank device for one case: its label is scanned or typed, its chip read where a reader is.
ClerkPage {
    id: page

    function local(name: string): bool {
        if (name === "typing") {
            Visit.keep({
                "code": "",
                "typing": page.d.typing ? "" : "yes"
            });
            page.forceActiveFocus();
            return true;
        }
        if (name === "typed") {
            Visit.act("typed", {});
            Visit.keep({
                "code": "",
                "typing": ""
            });
            page.forceActiveFocus();
            return true;
        }
        return false;
    }

    head: DeviceClock {
        page: page
    }

    foot: [
        BodyText {
            objectName: "tally"
            width: parent ? (parent as Item).width : 0
            text: page.d.tally
            strong: true
            color: Theme.ink
        },
        LabelText {
            width: parent ? (parent as Item).width : 0
            text: page.d.tallyMore
            color: Theme.ink2
        }
    ]

    DeskTable {
        objectName: "device"
        width: parent.width
        columns: page.columns
        rows: page.view.rows("rows")
        scanHint: page.d.scanHint
        typing: page.d.typing
        typingHint: page.d.typedHint
        onTyped: text => Visit.note("code", text)
    }
}
