pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// The heart of the window: expected left, read back right, verdict last; one thing at a time lies on the counter.
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

    // What is wrong must be seen, however long the table is.
    function showBanners(): void {
        if (banners.count > 0)
            page.reveal(banners.y, banners.height);
    }

    bannersAbove: false

    head: PermitCountdown {
        objectName: "permit"
        visible: page.d.permitShown
        secondsLeft: Math.max(0, Math.floor((page.d.permitUntil - Visit.clock) / 1000))
        secondsAll: page.d.permitAll
        ends: page.d.permitEnds
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

    Rectangle {
        width: parent.width
        height: Math.max(64, person.height + 20)
        radius: 8
        color: Theme.sheet
        border.width: Theme.contrast ? 2 : 1
        border.color: Theme.contrast ? Theme.edge : Theme.line

        Row {
            id: person

            x: 20
            anchors.verticalCenter: parent.verticalCenter
            spacing: 20

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: "person"
                size: 32
                color: Theme.act
            }

            BodyText {
                anchors.verticalCenter: parent.verticalCenter
                text: page.d.recipient
                strong: true
                color: Theme.ink
                wrapMode: Text.NoWrap
            }

            BodyText {
                anchors.verticalCenter: parent.verticalCenter
                text: page.d.number
                wrapMode: Text.NoWrap
            }
        }

        Chip {
            anchors.right: parent.right
            anchors.rightMargin: 20
            anchors.verticalCenter: parent.verticalCenter
            bare: true
            state2: "ok"
            text: page.d.verified
        }
    }

    DeskTable {
        objectName: "bundle"
        width: parent.width
        columns: page.columns
        onReached: (at, high) => page.reveal(y + at, high)
        rows: page.view.rows("rows")
        scanHint: page.d.scanHint
        typing: page.d.typing
        typingHint: page.d.typedHint
        onChosen: key => Visit.act("row." + key, {})
        onTyped: text => Visit.note("code", text)
    }

    BannerList {
        id: banners

        width: parent.width
        visible: count > 0
        page: page
        onYChanged: placed.restart()
        onHeightChanged: placed.restart()

        // Once they have their place; never on a page that has been left, where a delayed call would still come.
        Timer {
            id: placed

            interval: 0
            onTriggered: page.showBanners()
        }
    }
}
