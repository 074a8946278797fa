import QtQuick

// What comes next: a number, the deed, and when or where.
Item {
    id: row

    required property int number
    property string text: ""
    property string detail: ""

    implicitHeight: Math.max(Theme.px(Theme.desk ? 48 : 100), words.height + 24)
    Accessible.role: Accessible.StaticText
    Accessible.name: number + " " + text + " " + detail

    Rectangle {
        id: disc

        anchors.verticalCenter: parent.verticalCenter
        width: Theme.px(Theme.desk ? 32 : 60)
        height: width
        radius: width / 2
        color: "transparent"
        border.width: Theme.desk ? 2 : 3
        border.color: Theme.ink

        Text {
            anchors.centerIn: parent
            text: row.number
            font.family: Theme.sans
            font.bold: true
            font.pixelSize: Theme.px(Theme.desk ? 18 : 34)
            color: Theme.ink
            Accessible.ignored: true
        }
    }

    Flow {
        id: words

        x: disc.width + (Theme.desk ? 14 : 28)
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - x
        spacing: 12

        BodyText {
            id: deed

            width: Math.min(implicitWidth, words.width)
            text: row.text
            strong: true
            color: Theme.ink
            Accessible.ignored: true
        }

        BodyText {
            width: Math.max(Math.min(implicitWidth, words.width), words.width - deed.width - 12 >= implicitWidth ? words.width - deed.width - 12 : 0)
            horizontalAlignment: words.width - deed.width - 12 >= implicitWidth ? Text.AlignRight : Text.AlignLeft
            text: row.detail
            font.pixelSize: Theme.px(Theme.desk ? 18 : 36)
            Accessible.ignored: true
        }
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }
}
