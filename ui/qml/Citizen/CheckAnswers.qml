pragma ComponentBehavior: Bound

import QtQuick
import Bridge
import Design

// The slip at full length: every line with 修改, every finding at once and in words.
CitizenPage {
    id: page

    Slip {
        objectName: "whole_slip"
        x: page.lying ? 0 : -36
        width: page.lying ? page.bodyWidth : page.bodyWidth + 72
        editable: true
        showSeal: false
        onEdited: name => page.act(name)
    }
}
