import QtQuick
import Design

// One line of the plan; 为什么 opens the reason beneath it.
Column {
    id: plan

    required property var row
    signal asked

    Item {
        width: plan.width
        height: fact.height

        FactRow {
            id: fact

            width: parent.width - (why.visible ? why.width + Theme.s3 : 0)
            symbol: plan.row.icon
            text: plan.row.text
            detail: plan.row.detail
            last: true
        }

        TextLink {
            id: why

            objectName: "why_" + plan.row.key
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            visible: plan.row.why !== ""
            text: Say.t("choose_purpose.plan.why")
            Accessible.name: text + " " + plan.row.text
            onClicked: plan.asked()
        }
    }

    BodyText {
        objectName: "reason_" + plan.row.key
        width: plan.width
        leftPadding: Theme.icon + Theme.s3
        bottomPadding: Theme.s2
        visible: plan.row.open && text !== ""
        text: plan.row.why
        font.pixelSize: Theme.slipLine
        color: Theme.ink2
    }

    Rectangle {
        width: plan.width
        height: Theme.hairline
        color: Theme.line
    }
}
