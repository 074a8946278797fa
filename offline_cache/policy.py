"""What becomes of each act without network: read off the operation table; no screen and no journey decides."""

from collections.abc import Mapping
from typing import Any

from kiosk.contracts import case_story as story
from kiosk.contracts import central_platform as ask
from kiosk.contracts import custody as store
from kiosk.contracts import ledger as did
from kiosk.contracts import library, material_pages, shifts
from kiosk.contracts.platform_api import BY_ID, Offline
from kiosk.domain.acts import Act, WithoutNetwork

_OPERATIONS: Mapping[Act, str] = {
    Act.KEEP_DRAFT: "putDraft",
    Act.KEEP_MATERIAL: "putMaterial",
    Act.SEND_BY_PHONE: "createUploadLink",
    Act.INVITE_SIGNER: "inviteSigner",
    Act.VERIFY_PERSON: "postVerification",
    Act.CHECK_NAME: "postNameCheck",
    Act.SUBMIT: "submitCase",
    Act.FIND_CASE: "getCase",
    Act.FIND_COMPANY: "findEnterprise",
    Act.BEGIN_LATER_ITEMS: "startPhasedCase",
    Act.ASK_OFFERS: "listBankSlots",
    Act.BOOK_COLLECTION: "bookCollection",
    Act.READ_MESSAGES: "listFailedMessages",
    Act.CLOSE_MESSAGE: "closeFailedMessage",
    Act.RATE: "postEvaluation",
    Act.GIVE_FEEDBACK: "postFeedback",
    Act.READ_FEEDBACK: "getFeedback",
    Act.CALL_HELPER: "postAssistanceRequest",
    Act.SIGN_IN: "openStaffSession",
    Act.DECIDE_ACCEPTANCE: "decideAcceptance",
    Act.PREPARE_HANDOVER: "prepareHandover",
    Act.FINISH_HANDOVER: "recordHandedOver",
    Act.ABORT_HANDOVER: "abortHandover",
    Act.DRAW_NUMBER: "takeTicket",
    Act.CALL_NUMBER: "callNext",
    Act.FINISH_NUMBER: "finishTicket",
    Act.LOOK_AT_STOCK: "listUnits",
    Act.MOVE_STOCK: "sendStock",
    Act.COUNT_STOCK: "countStock",
    Act.HAND_OVER_SHIFT: "offerShift",
    Act.LOOK_IN_LIBRARY: "findInLibrary",
    Act.USE_FROM_LIBRARY: "useLibraryPaper",
    Act.LOOK_AT_MATERIAL: "getMaterialPage",
    Act.LIST_DEVICE_ISSUES: "listDeviceIssues",
    Act.REQUEST_DEVICE_ISSUE: "requestDeviceIssue",
    Act.REPORT_ISSUED: "reportIssued",
    Act.REPORT_READ_BACK: "reportReadBack",
    Act.SET_DEVICE_ASIDE: "quarantineUnit",
}
_MEANS = {
    Offline.ONLINE: WithoutNetwork.REFUSED,
    Offline.QUEUED: WithoutNetwork.QUEUED,
    Offline.FACT: WithoutNetwork.FACT,
    Offline.CACHED: WithoutNetwork.CACHED,
    Offline.PERMIT: WithoutNetwork.PERMIT,
}
POLICY: Mapping[Act, WithoutNetwork] = {
    act: _MEANS[BY_ID[_OPERATIONS[act]].offline] if act in _OPERATIONS else WithoutNetwork.LOCAL for act in Act
}
FACTS = frozenset({WithoutNetwork.FACT, WithoutNetwork.PERMIT})

OF_DEED: Mapping[type[did.Deed], Act] = {
    did.SaveDraft: Act.KEEP_DRAFT,
    did.SettleDraft: Act.KEEP_DRAFT,
    did.SubmitCase: Act.SUBMIT,
    did.KeepMaterial: Act.KEEP_MATERIAL,
    did.DecideAcceptance: Act.DECIDE_ACCEPTANCE,
    did.RecordHandover: Act.FINISH_HANDOVER,
    did.AbortHandover: Act.ABORT_HANDOVER,
    did.ReportIssued: Act.REPORT_ISSUED,
    did.ReportReadBack: Act.REPORT_READ_BACK,
    did.SetDeviceAside: Act.SET_DEVICE_ASIDE,
    did.RateVisit: Act.RATE,
    did.GiveFeedback: Act.GIVE_FEEDBACK,
    did.DrawLocalNumber: Act.DRAW_NUMBER,
    did.FinishTicket: Act.FINISH_NUMBER,
    store.MoveUnit: Act.MOVE_STOCK,
    store.SendGoods: Act.MOVE_STOCK,
    store.TakeInGoods: Act.MOVE_STOCK,
    store.QuarantineUnit: Act.COUNT_STOCK,
    store.CountPlace: Act.COUNT_STOCK,
}
# Signing out is always allowed.
OF_QUESTION: Mapping[type[ask.Ask[Any]], Act] = {
    ask.VerifyPerson: Act.VERIFY_PERSON,
    ask.CheckName: Act.CHECK_NAME,
    ask.FindCase: Act.FIND_CASE,
    ask.SendResumeCode: Act.FIND_CASE,
    ask.ResumeCase: Act.FIND_CASE,
    ask.OpenELicence: Act.FIND_COMPANY,
    ask.FindCompany: Act.FIND_COMPANY,
    ask.BeginLaterItems: Act.BEGIN_LATER_ITEMS,
    ask.GetChallenge: Act.SIGN_IN,
    ask.SignIn: Act.SIGN_IN,
    ask.PrepareHandover: Act.PREPARE_HANDOVER,
    ask.FindOpenHandovers: Act.FIND_CASE,
    ask.MakeUploadLink: Act.SEND_BY_PHONE,
    ask.InviteSigner: Act.INVITE_SIGNER,
    ask.ListDeviceIssues: Act.LIST_DEVICE_ISSUES,
    ask.RequestDeviceIssue: Act.REQUEST_DEVICE_ISSUE,
    ask.GetDeviceIssue: Act.LIST_DEVICE_ISSUES,
    ask.AskForHelp: Act.CALL_HELPER,
    ask.ReadHelpCall: Act.CALL_HELPER,
    ask.NumberFeedback: Act.GIVE_FEEDBACK,
    ask.DrawNumber: Act.DRAW_NUMBER,
    ask.CallNext: Act.CALL_NUMBER,
    ask.MoveTicket: Act.CALL_NUMBER,
    ask.PauseWindow: Act.CALL_NUMBER,
    store.ReadStock: Act.LOOK_AT_STOCK,
    store.ReadMovements: Act.LOOK_AT_STOCK,
    store.ReadDiscrepancies: Act.LOOK_AT_STOCK,
    store.ConfirmSecond: Act.SIGN_IN,
    store.ReceiveGoods: Act.MOVE_STOCK,
    store.VoidUnit: Act.MOVE_STOCK,
    store.CloseCount: Act.MOVE_STOCK,
    store.SettleDiscrepancy: Act.MOVE_STOCK,
    shifts.ReadStanding: Act.HAND_OVER_SHIFT,
    shifts.OfferShift: Act.HAND_OVER_SHIFT,
    shifts.TakeShift: Act.HAND_OVER_SHIFT,
    library.LookInLibrary: Act.LOOK_IN_LIBRARY,
    library.UseFromLibrary: Act.USE_FROM_LIBRARY,
    material_pages.ReadMaterialPage: Act.LOOK_AT_MATERIAL,
    story.ReadClocks: Act.FIND_CASE,
    story.ReadMessages: Act.FIND_CASE,
    story.ReadFailedMessages: Act.READ_MESSAGES,
    story.CloseFailedMessage: Act.CLOSE_MESSAGE,
    ask.ReadFeedback: Act.READ_FEEDBACK,
    ask.AskInvoiceMode: Act.ASK_OFFERS,
    ask.ListHalls: Act.ASK_OFFERS,
    ask.ListBranches: Act.ASK_OFFERS,
    ask.ListHours: Act.ASK_OFFERS,
    ask.AskAppointment: Act.ASK_OFFERS,
    ask.ListCollectionHours: Act.BOOK_COLLECTION,
    ask.BookCollection: Act.BOOK_COLLECTION,
}
