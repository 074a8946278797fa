pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// The list of the sixty minutes: the most pressing stands first, the arrows move, Enter opens.
ClerkPage {
    id: page

    function local(name: string): bool {
        if (name !== "up" && name !== "down")
            return false;
        Visit.note("pick", Math.max(0, Math.min(page.d.count - 1, page.d.pick + (name === "up" ? -1 : 1))));
        return true;
    }

    StatusStrip {
        objectName: "said"
        width: page.bodyFull
        symbol: "tax-device"
        state2: page.d.saidState
        text: page.d.said
        aside: page.d.asOf
    }

    DeskTable {
        objectName: "devices"
        width: page.bodyFull
        visible: page.d.count > 0
        columns: page.columns
        onReached: (at, high) => page.reveal(y + at, high)
        rows: page.view.rows("rows")
        onChosen: key => Visit.act("row." + key, {})
    }
}
