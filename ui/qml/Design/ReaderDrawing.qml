import QtQuick
import QtQuick.Shapes

// This terminal's card reader: ink for the thing, blue for where to put the hand.
Rectangle {
    id: drawing

    property string caption: ""
    property bool carded: false // a card lies on it

    implicitHeight: 560
    radius: 18
    color: Theme.wash
    border.width: Theme.washEdge
    border.color: Theme.edge
    Accessible.role: Accessible.Graphic
    Accessible.name: caption

    BodyText {
        x: 36
        y: 28
        text: drawing.caption
        strong: true
        font.pixelSize: Theme.label
    }

    Item {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: 26
        width: 746
        height: 404

        Shape {
            width: 746
            height: 404

            ShapePath {
                strokeColor: Theme.ink
                strokeWidth: 4
                fillColor: Theme.sheet
                joinStyle: ShapePath.RoundJoin

                PathSvg {
                    path: "M100 220H646L744 352V402H2V352Z"
                }
            }

            ShapePath {
                strokeColor: Theme.ink
                strokeWidth: 3
                fillColor: "transparent"

                PathSvg {
                    path: "M2 352H744"
                }
            }

            ShapePath {
                strokeColor: Theme.act
                strokeWidth: 4
                fillColor: Theme.actWash
                joinStyle: ShapePath.RoundJoin

                PathSvg {
                    path: "M204 248H542L598 326H148Z"
                }
            }

            ShapePath {
                strokeColor: Theme.act
                strokeWidth: 5
                fillColor: "transparent"
                capStyle: ShapePath.RoundCap

                PathSvg {
                    path: "M308 296Q373 262 438 296M336 306Q373 286 410 306"
                }
            }

            ShapePath {
                strokeColor: Theme.act
                strokeWidth: 10
                fillColor: "transparent"
                capStyle: ShapePath.RoundCap

                PathSvg {
                    path: "M286 378H460"
                }
            }
        }

        Shape {
            y: drawing.carded ? 116 : 0
            width: 746
            height: 404

            ShapePath {
                strokeColor: Theme.ink
                strokeWidth: 4
                fillColor: Theme.sheet
                joinStyle: ShapePath.RoundJoin

                PathSvg {
                    path: "M232 0H514Q522 0 524 8L558 146Q560 154 552 154H194Q186 154 188 146L222 8Q224 0 232 0Z"
                }
            }

            ShapePath {
                strokeColor: Theme.edge
                strokeWidth: 6
                fillColor: "transparent"
                capStyle: ShapePath.RoundCap

                PathSvg {
                    path: "M256 40H346M250 66H326M244 92H358M238 118H376"
                }
            }

            ShapePath {
                strokeColor: Theme.act
                strokeWidth: 4
                fillColor: Theme.actWash
                joinStyle: ShapePath.RoundJoin

                PathSvg {
                    path: "M416 36H486L504 120H426Z"
                }
            }

            ShapePath {
                strokeColor: Theme.act
                strokeWidth: 4
                fillColor: "transparent"
                capStyle: ShapePath.RoundCap

                PathSvg {
                    path: "M455 52a12 12 0 1 0 0 24a12 12 0 1 0 0-24zM437 106Q460 64 484 106"
                }
            }
        }

        Shape {
            width: 746
            height: 404
            visible: !drawing.carded

            ShapePath {
                strokeColor: Theme.act
                strokeWidth: 6
                fillColor: "transparent"
                capStyle: ShapePath.RoundCap
                joinStyle: ShapePath.RoundJoin

                PathSvg {
                    path: "M373 166V206M354 188L373 207L392 188"
                }
            }
        }
    }
}
