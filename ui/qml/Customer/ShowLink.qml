pragma ComponentBehavior: Bound

import QtQuick
import Design

// The link of one signer who is not at the window, to be scanned or passed on: as large as the glass has room, beside
// the words, so that it is whole however large these are.
CustomerPage {
    id: page

    wordsWidth: bodyWidth - frame.width - Theme.s5

    Rectangle {
        id: frame

        parent: page
        x: page.width - page.margin - width
        y: page.bodyTop
        width: Math.min(page.bodyHeight, page.bodyWidth / 2)
        height: width
        color: Theme.sheet
        border.width: Theme.hairline
        border.color: Theme.edge

        QrImage {
            objectName: "signing_code"
            anchors.centerIn: parent
            text: page.d.link
            side: frame.width - 2 * Theme.s4
            width: side
            height: side
            fillMode: Image.Pad
            Accessible.name: page.d.question
        }
    }
}
