pragma ComponentBehavior: Bound

import QtQuick
import Design

// Every step's screen by the step's name; all of them are compiled at the start.
StepStage {
    pages: ({
            "present_staff_card": presentStaffCard,
            "enter_pin": enterPin,
            "locked": enterPin,
            "find_case": findCase,
            "check_materials": checkMaterials,
            "see_case": seeCase,
            "verify_recipient": verifyRecipient,
            "check_bundle": checkBundle,
            "sign_handover": signHandover,
            "handed_over": handedOver,
            "recheck_handover": recheckHandover,
            "list_devices": listDevices,
            "take_device": takeDevice,
            "watch_device": watchDevice,
            "read_device": readDevice,
            "device_ready": deviceReady,
            "device_aside": deviceAside,
            "settle_draft": settleDraft
        })

    Component {
        id: presentStaffCard

        PresentStaffCard {}
    }

    Component {
        id: enterPin

        EnterPin {}
    }

    Component {
        id: findCase

        FindCase {}
    }

    Component {
        id: checkMaterials

        CheckMaterials {}
    }

    Component {
        id: seeCase

        SeeCase {}
    }

    Component {
        id: verifyRecipient

        VerifyRecipient {}
    }

    Component {
        id: checkBundle

        CheckBundle {}
    }

    Component {
        id: signHandover

        SignHandover {}
    }

    Component {
        id: handedOver

        HandedOver {}
    }

    Component {
        id: recheckHandover

        RecheckHandover {}
    }

    Component {
        id: listDevices

        ListDevices {}
    }

    Component {
        id: takeDevice

        TakeDevice {}
    }

    Component {
        id: watchDevice

        WatchDevice {}
    }

    Component {
        id: readDevice

        ReadDevice {}
    }

    Component {
        id: deviceReady

        DeviceReady {}
    }

    Component {
        id: deviceAside

        DeviceAside {}
    }

    Component {
        id: settleDraft

        SettleDraft {}
    }
}
