pragma ComponentBehavior: Bound

import QtQuick
import Design

// The link of one signer who is not at the window, to be scanned or passed on.
CustomerPage {
    id: page

    Rectangle {
        width: page.bodyWidth
        height: code.height + 2 * Theme.s4
        color: Theme.sheet
        border.width: Theme.hairline
        border.color: Theme.edge

        QrImage {
            id: code

            objectName: "signing_code"
            anchors.centerIn: parent
            text: page.d.link
            side: 380
            width: side
            height: side
            fillMode: Image.Pad
            Accessible.name: page.d.question
        }
    }
}
