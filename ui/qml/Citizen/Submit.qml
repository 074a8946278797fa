pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Once. The words follow the ledger; the stamp lands on the platform's word.
CitizenPage {
    id: page

    Item {
        width: 1
        height: Theme.elder ? 0 : Theme.s2
    }

    TruthLine {
        objectName: "truth"
        width: page.bodyWidth
        stations: page.view.rows("stations")
    }

    Item {
        width: page.bodyWidth
        height: seal.implicitHeight + Theme.s5
        visible: page.d.stage !== "refused"

        SealPlace {
            id: seal

            anchors.centerIn: parent
            slip: Visit.slip
        }
    }

    Column {
        width: page.bodyWidth

        FactRow {
            width: page.bodyWidth
            symbol: "shop"
            text: page.d.company
            detail: page.d.companyLabel
        }

        FactRow {
            width: page.bodyWidth
            symbol: "licence"
            text: page.d.items
            detail: page.d.itemsLabel
        }

        FactRow {
            width: page.bodyWidth
            visible: page.d.stage === "ready"
            symbol: "info"
            detail: page.d.once
            last: true
        }
    }
}
