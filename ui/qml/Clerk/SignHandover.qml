pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// What is signed for, and the pad for pen, finger or mouse. The drawing goes inside as a picture, once it is kept.
ClerkPage {
    id: page

    readonly property bool locked: page.d.signed || page.d.keeping

    // Taken back, here or on the citizen's own screen: the pad is clean again.
    onLockedChanged: {
        if (!page.locked)
            pad.clear();
    }

    function local(name: string): bool {
        switch (name) {
        case "signed":
            Visit.act("signed", {
                "strokes": pad.strokes
            });
            return true;
        default:
            return false;
        }
    }

    head: PermitCountdown {
        objectName: "permit"
        visible: page.d.permitShown
        secondsLeft: Math.max(0, Math.floor((page.d.permitUntil - Visit.clock) / 1000))
        secondsAll: page.d.permitAll
        ends: page.d.permitEnds
    }

    foot: [
        BodyText {
            objectName: "said"
            width: parent ? (parent as Item).width : 0
            text: page.d.said
            strong: true
            color: Theme.ink
        },
        LabelText {
            width: parent ? (parent as Item).width : 0
            text: page.d.saidMore
            color: Theme.ink2
        }
    ]

    BodyText {
        id: signFor

        width: parent.width
        text: page.d.signFor
        strong: true
        font.pixelSize: Theme.px(22)
        color: Theme.ink
    }

    GoodsGrid {
        id: goods

        width: parent.width
        page: page
    }

    SignaturePad {
        id: pad

        width: parent.width
        height: Math.max(240, page.bodyHeight - signFor.height - goods.height - 40)
        locked: page.locked
        onChanged: strokes => Visit.note("drawn", strokes.length > 0 ? "yes" : "")
    }
}
