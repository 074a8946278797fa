pragma ComponentBehavior: Bound

import QtQuick

// There is more below in what scrolls: its edge says so, and one touch goes there.
Rectangle {
    id: edge

    required property Flickable list
    property real step: 0.8 * list.height
    property string name: "more_below"
    readonly property bool more: list.interactive && list.contentY + list.height < list.contentHeight - 24

    y: list.y + list.height
    height: 2
    visible: more
    color: Theme.edge

    Loader {
        anchors.centerIn: parent
        active: edge.more
        sourceComponent: ActButton {
            objectName: edge.name
            implicitWidth: 150
            implicitHeight: 96
            topInset: 20
            bottomInset: 20
            text: ""
            Accessible.name: Say.t("page.more")
            onClicked: edge.list.contentY = Math.min(edge.list.contentHeight - edge.list.height, edge.list.contentY + edge.step)

            Icon {
                anchors.centerIn: parent
                name: "chevron-down"
                size: 36
                color: Theme.act
            }
        }
    }
}
