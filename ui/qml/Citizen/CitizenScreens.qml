pragma ComponentBehavior: Bound

import QtQuick
import Design

// Every step's screen by the step's name; all of them are compiled at the start.
StepStage {
    pages: ({
            "home": home,
            "give_consent": giveConsent,
            "present_id_card": presentIdCard,
            "verify_face": verifyFace,
            "confirm_in_person": confirmInPerson,
            "choose_purpose": choosePurpose,
            "declare_name": declareName,
            "describe_business": describeBusiness,
            "give_address": giveAddress,
            "set_capital": setCapital,
            "name_people": namePeople,
            "name_operator": nameOperator,
            "tax_and_invoice": taxAndInvoice,
            "seals": seals,
            "employment_insurance": employmentInsurance,
            "bank_appointment": bankAppointment,
            "pick_up": pickUp,
            "collect_materials": collectMaterials,
            "check_answers": checkAnswers,
            "sign": sign,
            "submit": submit,
            "take_receipt": takeReceipt,
            "see_progress": seeProgress,
            "book_collection": bookCollection,
            "find_my_case": findMyCase,
            "find_my_draft": findMyDraft,
            "enter_resume_code": enterResumeCode,
            "choose_draft": chooseDraft,
            "settle_draft": settleDraft,
            "find_my_slip": findMySlip,
            "choose_copy": chooseCopy,
            "look_at_copy": lookAtCopy,
            "take_copy": takeCopy,
            "choose_topic": chooseTopic,
            "write_words": writeWords,
            "take_number": takeNumber,
            "choose_queue": chooseQueue,
            "see_number": seeNumber,
            "find_feedback": findFeedback,
            "find_company": findCompany,
            "choose_company": chooseCompany,
            "choose_items": chooseItems,
            "confirm_items": confirmItems,
            "read_answer": readAnswer,
            "choose_guide": chooseGuide,
            "read_guide": readGuide,
            "rate": rate,
            "farewell": farewell
        })

    Component {
        id: home

        Home {}
    }

    Component {
        id: giveConsent

        GiveConsent {}
    }

    Component {
        id: presentIdCard

        PresentIdCard {}
    }

    Component {
        id: verifyFace

        VerifyFace {}
    }

    Component {
        id: confirmInPerson

        ConfirmInPerson {}
    }

    Component {
        id: choosePurpose

        ChoosePurpose {}
    }

    Component {
        id: declareName

        DeclareName {}
    }

    Component {
        id: describeBusiness

        DescribeBusiness {}
    }

    Component {
        id: giveAddress

        GiveAddress {}
    }

    Component {
        id: setCapital

        SetCapital {}
    }

    Component {
        id: namePeople

        NamePeople {}
    }

    Component {
        id: nameOperator

        NameOperator {}
    }

    Component {
        id: taxAndInvoice

        TaxAndInvoice {}
    }

    Component {
        id: seals

        Seals {}
    }

    Component {
        id: employmentInsurance

        EmploymentInsurance {}
    }

    Component {
        id: bankAppointment

        BankAppointment {}
    }

    Component {
        id: pickUp

        PickUp {}
    }

    Component {
        id: collectMaterials

        CollectMaterials {}
    }

    Component {
        id: checkAnswers

        CheckAnswers {}
    }

    Component {
        id: sign

        Sign {}
    }

    Component {
        id: submit

        Submit {}
    }

    Component {
        id: takeReceipt

        TakeReceipt {}
    }

    Component {
        id: bookCollection

        BookCollection {}
    }

    Component {
        id: seeProgress

        SeeProgress {}
    }

    Component {
        id: findMyCase

        FindMyCase {}
    }

    Component {
        id: findMyDraft

        FindMyDraft {}
    }

    Component {
        id: enterResumeCode

        EnterResumeCode {}
    }

    Component {
        id: chooseDraft

        ChooseDraft {}
    }

    Component {
        id: settleDraft

        SettleDraft {}
    }

    Component {
        id: findMySlip

        FindMySlip {}
    }

    Component {
        id: chooseCopy

        ChooseCopy {}
    }

    Component {
        id: lookAtCopy

        LookAtCopy {}
    }

    Component {
        id: takeCopy

        TakeCopy {}
    }

    Component {
        id: chooseTopic

        ChooseTopic {}
    }

    Component {
        id: writeWords

        WriteWords {}
    }

    Component {
        id: takeNumber

        TakeNumber {}
    }

    Component {
        id: chooseQueue

        ChooseQueue {}
    }

    Component {
        id: seeNumber

        SeeNumber {}
    }

    Component {
        id: findCompany

        FindCompany {}
    }

    Component {
        id: chooseCompany

        ChooseCompany {}
    }

    Component {
        id: chooseItems

        ChooseItems {}
    }

    Component {
        id: confirmItems

        ConfirmItems {}
    }

    Component {
        id: findFeedback

        FindFeedback {}
    }

    Component {
        id: readAnswer

        ReadAnswer {}
    }

    Component {
        id: chooseGuide

        ChooseGuide {}
    }

    Component {
        id: readGuide

        ReadGuide {}
    }

    Component {
        id: rate

        Rate {}
    }

    Component {
        id: farewell

        Farewell {}
    }
}
