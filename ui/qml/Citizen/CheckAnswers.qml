pragma ComponentBehavior: Bound

import QtQuick
import Design

// The slip at full length: every line with 修改, every finding at once and in words.
CitizenPage {
    id: page

    slipShown: columned
    slipEditable: true

    Slip {
        objectName: "whole_slip"
        x: -padding
        width: page.bodyWidth + 2 * padding
        visible: !page.columned
        padding: 26
        editable: true
        showSeal: false
        onEdited: name => page.act(name)
    }
}
