import QtQuick

// The mark, the product's name, and where one stands.
Item {
    id: header

    property string aside: ""
    property string asideShort: "" // where the whole of it would touch the name

    implicitHeight: 72

    Mark {
        id: mark
    }

    Text {
        id: brand

        x: mark.width + 22
        anchors.verticalCenter: parent.verticalCenter
        text: Say.t("brand")
        font.family: Theme.sans
        font.bold: true
        font.pixelSize: Math.min(Theme.px(38), 54)
        color: Theme.ink
        Accessible.ignored: true
    }

    Rectangle {
        id: training

        x: brand.x + brand.width + 20
        anchors.verticalCenter: parent.verticalCenter
        visible: Theme.training
        width: trainingWord.implicitWidth + 28
        height: 48
        radius: 8
        color: Theme.waitWash
        border.width: 2
        border.color: Theme.wait

        Text {
            id: trainingWord

            anchors.centerIn: parent
            text: Say.t("training")
            font.family: Theme.sans
            font.bold: true
            font.pixelSize: 26
            color: Theme.wait
        }
    }

    BodyText {
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - (training.visible ? training.x + training.width : brand.x + brand.width) - 24
        horizontalAlignment: Text.AlignRight
        wrapMode: Text.NoWrap
        text: whole.advanceWidth <= width ? header.aside : header.asideShort
        font.pixelSize: Math.min(Theme.px(34), 46)

        TextMetrics {
            id: whole

            text: header.aside
            font.family: Theme.sans
            font.pixelSize: Math.min(Theme.px(34), 46)
        }
    }
}
