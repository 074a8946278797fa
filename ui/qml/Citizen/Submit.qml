pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// Once. The words follow the ledger; the stamp lands on the platform's word.
CitizenPage {
    id: page

    onlyRead: !told

    Item {
        width: 1
        height: Theme.s2
        visible: !Theme.elder && !page.lying
    }

    TruthLine {
        objectName: "truth"
        width: page.bodyWidth
        stations: page.view.rows("stations")
    }

    Grid {
        width: page.bodyWidth
        columns: page.halves
        columnSpacing: Theme.s5
        rowSpacing: page.spacing

        Column {
            width: page.halfWidth

            FactRow {
                width: parent.width
                symbol: "shop"
                text: page.d.company
                detail: page.d.companyLabel
            }

            FactRow {
                width: parent.width
                symbol: "licence"
                text: page.d.items
                detail: page.d.itemsLabel
            }
        }

        Item {
            width: page.halfWidth
            height: Math.max(seal.implicitHeight, once.height) + Theme.s3

            FactRow {
                id: once

                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - seal.width - Theme.s4
                visible: page.d.stage === "ready"
                symbol: "info"
                detail: page.d.once
                last: true
            }

            SealPlace {
                id: seal

                x: page.d.stage === "ready" ? parent.width - width : (parent.width - width) / 2
                anchors.verticalCenter: parent.verticalCenter
                visible: page.d.stage !== "refused" && page.d.stage !== "split"
                slip: Visit.slip
            }
        }
    }
}
