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
            "fill_form": fillForm,
            "sign_form": signForm,
            "verify_recipient": verifyRecipient,
            "check_bundle": checkBundle,
            "sign_handover": signHandover,
            "handed_over": handedOver,
            "recheck_handover": recheckHandover,
            "see_store": seeStore,
            "handle_unit": handleUnit,
            "count_place": countPlace,
            "receive_goods": receiveGoods,
            "send_goods": sendGoods,
            "take_in_goods": takeInGoods,
            "close_count": closeCount,
            "confirm_second": confirmSecond,
            "return_card": returnCard,
            "see_tasks": seeTasks,
            "search_cases": searchCases,
            "view_case": viewCase,
            "see_reports": seeReports,
            "list_devices": listDevices,
            "take_device": takeDevice,
            "watch_device": watchDevice,
            "read_device": readDevice,
            "device_ready": deviceReady,
            "device_aside": deviceAside,
            "settle_draft": settleDraft,
            "count_shift": countShift,
            "sign_shift": signShift,
            "take_shift": takeShift,
            "shift_done": shiftDone
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
        id: fillForm

        FillForm {}
    }

    Component {
        id: signForm

        SignForm {}
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
        id: seeStore

        SeeStore {}
    }

    Component {
        id: handleUnit

        HandleUnit {}
    }

    Component {
        id: countPlace

        CountPlace {}
    }

    Component {
        id: receiveGoods

        ReceiveGoods {}
    }

    Component {
        id: sendGoods

        SendGoods {}
    }

    Component {
        id: takeInGoods

        TakeInGoods {}
    }

    Component {
        id: closeCount

        CloseCount {}
    }

    Component {
        id: confirmSecond

        ConfirmSecond {}
    }

    Component {
        id: returnCard

        ReturnCard {}
    }

    Component {
        id: seeTasks

        SeeTasks {}
    }

    Component {
        id: searchCases

        SearchCases {}
    }

    Component {
        id: viewCase

        ViewCase {}
    }

    Component {
        id: seeReports

        SeeReports {}
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

    Component {
        id: countShift

        CountShift {}
    }

    Component {
        id: signShift

        SignShift {}
    }

    Component {
        id: takeShift

        TakeShift {}
    }

    Component {
        id: shiftDone

        ShiftDone {}
    }
}
