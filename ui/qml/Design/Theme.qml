pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// Calm paper, one red seal: every colour, size and duration of the screens has its only home here.
QtObject {
    id: theme

    readonly property bool desk: Look.desk
    readonly property real scale: Look.scale
    readonly property bool contrast: Look.contrast
    readonly property bool still: Look.still
    readonly property bool training: Look.training
    readonly property bool elder: scale > 1

    // --- colour ---
    readonly property color paper: contrast ? "#FFFFFF" : "#FAF7F0"
    readonly property color sheet: contrast ? "#FFFFFF" : "#FFFEFB"
    readonly property color wash: contrast ? "#FFFFFF" : "#F1ECE1"
    readonly property color line: contrast ? "#000000" : "#DDD5C5"
    readonly property color edge: contrast ? "#000000" : "#7D7669"
    readonly property color ink: contrast ? "#000000" : "#1B1A18"
    readonly property color ink2: contrast ? "#000000" : "#3B3833"
    readonly property color ink3: contrast ? "#000000" : "#524E47"
    readonly property color act: contrast ? "#00304A" : "#0E4A6B"
    readonly property color actDown: contrast ? "#001E2F" : "#093550"
    readonly property color actWash: contrast ? "#FFFFFF" : "#E4EEF3"
    readonly property color seal: contrast ? "#5E0D08" : "#9E1B13"
    readonly property color sealDown: contrast ? "#430804" : "#76110B"
    readonly property color sealWash: contrast ? "#FFFFFF" : "#FAEEEA"
    readonly property color ok: contrast ? "#0B3320" : "#1B5236"
    readonly property color okWash: contrast ? "#FFFFFF" : "#E5EFE5"
    readonly property color wait: contrast ? "#3D2500" : "#684000"
    readonly property color waitWash: contrast ? "#FFFFFF" : "#FAEFD6"
    readonly property color stop: contrast ? "#450A2C" : "#6A1B47"
    readonly property color stopWash: contrast ? "#FFFFFF" : "#F6E7EE"
    readonly property color onFill: "#FFFFFF"
    readonly property color ghost: contrast ? "#000000" : "#9DB4C1"
    readonly property color finished: contrast ? "#000000" : "#A9B8AE"
    // A wash that high contrast turns white is told by its border instead.
    readonly property int washEdge: contrast ? 4 : 0

    // --- type ---
    readonly property string sans: "Noto Sans CJK SC"
    readonly property string serif: "Noto Serif CJK SC"
    // Titles stop growing where they would take the page from what they ask about.
    readonly property int homeTitle: desk ? 44 : Math.min(px(88), 128)
    readonly property int question: desk ? px(32) : Math.min(px(68), 104)
    readonly property int slipTitle: px(desk ? 21 : 40)
    readonly property int primary: px(desk ? 20 : 46)
    readonly property int button: px(desk ? 18 : 38)
    readonly property int value: px(desk ? 18 : 38)
    readonly property int body: px(desk ? 18 : 38)
    readonly property int slipLine: px(desk ? 18 : 34)
    readonly property int label: px(desk ? 16 : 32)
    readonly property real titleLeading: 0.92

    // --- space, radius, border ---
    readonly property int s1: 8
    readonly property int s2: 16
    readonly property int s3: 24
    readonly property int s4: 32
    readonly property int s5: 48
    readonly property int s6: 72
    readonly property int s7: 96
    readonly property int radiusField: desk ? 6 : 12
    readonly property int radiusButton: desk ? 8 : 14
    readonly property int radiusPrimary: desk ? 8 : 18
    readonly property real hairline: desk ? 1 : 2
    readonly property real pressable: desk ? 1.5 : 2.5
    readonly property int focusWidth: desk ? 3 : 5
    readonly property int focusGap: 3

    // --- metrics: standard, 大字, 特大 ---
    readonly property int primaryHeight: pick(64, 132, 160, 172)
    readonly property int secondaryHeight: pick(48, 112, 128, 144)
    readonly property int target: pick(40, 96, 116, 128)
    readonly property int gap: pick(12, 20, 20, 20)
    readonly property int row: pick(44, 104, 132, 160)
    readonly property int fieldHeight: pick(44, 108, 132, 152)
    readonly property int helpBar: pick(0, 144, 166, 190)
    readonly property int keyHeight: pick(0, 80, 96, Look.low ? 84 : 96) // low: the actions above the keys stay in reach
    readonly property int strip: pick(0, 84, 104, 120)
    readonly property int tooth: desk ? 12 : 18
    readonly property int margin: desk ? 24 : 72
    readonly property int icon: pick(20, 40, 52, 64)
    readonly property int iconSmall: pick(18, 32, 44, 54)

    // --- motion ---
    readonly property int pageTime: still ? 0 : 200
    readonly property int riseTime: still ? 0 : 240
    readonly property int fadeTime: still ? 0 : 600
    readonly property int stampTime: still ? 0 : 180
    readonly property int waitStep: 800

    function px(size: int): int {
        return Math.round(size * scale);
    }

    function pick(onDesk: int, standard: int, large: int, largest: int): int {
        return desk ? onDesk : scale < 1.2 ? standard : scale < 1.6 ? large : largest;
    }

    // Colour, wash and icon of a state: icon, word and colour always go together.
    function stateColor(state: string): color {
        switch (state) {
        case "ok":
        case "done":
            return ok;
        case "wait":
        case "duty":
            return wait;
        case "stop":
        case "problem":
            return stop;
        case "now":
        case "added":
        case "scan":
            return act;
        case "seal":
            return seal;
        default:
            return ink3;
        }
    }

    function stateWash(state: string): color {
        switch (state) {
        case "ok":
        case "done":
            return okWash;
        case "wait":
        case "duty":
            return waitWash;
        case "stop":
        case "problem":
            return stopWash;
        case "now":
        case "added":
        case "scan":
            return actWash;
        case "seal":
            return sealWash;
        default:
            return wash;
        }
    }

    function stateIcon(state: string): string {
        switch (state) {
        case "ok":
        case "done":
            return "check";
        case "wait":
            return "clock";
        case "duty":
            return "licence";
        case "stop":
        case "problem":
            return "cross";
        case "now":
        case "added":
            return "target";
        case "scan":
            return "scan";
        case "seal":
            return "stamp";
        case "todo":
        case "waiting":
            return "circle";
        default:
            return "";
        }
    }
}
