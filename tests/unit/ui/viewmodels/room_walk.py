"""The window's faces beside the case, by real events: custody store, second person, tasks, search, reports."""

from dataclasses import replace
from datetime import timedelta

from kiosk.contracts.central_platform import StaffSession
from kiosk.contracts.custody import SecondPerson, UnitAct
from kiosk.contracts.ledger import DeedStatus, LedgerTask, TrailLine, Verdict
from kiosk.contracts.printing import Printed
from kiosk.contracts.smart_card import SignedChallenge, StaffCard
from kiosk.domain.case import CaseState
from kiosk.domain.case_found import FoundBy, Hit
from kiosk.domain.case_story import FailedMessage, Message, Pause, Promise
from kiosk.domain.discrepancy import Discrepancy
from kiosk.domain.ids import BatchId, CaseId, SlipCode, StaffRef, UnitId
from kiosk.domain.shift import KeptShift, LastShift, Shift, WindowStanding
from kiosk.domain.stock import (
    BatchDiffers,
    NumberRange,
    ShelfPlace,
    StockBook,
    StockCount,
    StockKind,
    Transfer,
)
from kiosk.faults import Fault, FaultCode
from kiosk.rules.documents import samples
from kiosk.workflow import events as ev
from kiosk.workflow.backroom import Story
from kiosk.workflow.events import backroom as back
from kiosk.workflow.events import shift as shifts
from kiosk.workflow.machine import Event

from . import clerk_walk as walk

TIME = walk.TIME
SUPERVISOR = StaffSession(
    StaffRef("0001"), "吴主管", frozenset({"supervisor", "clerk"}), TIME + timedelta(hours=8)
)  # fmt: skip
TRANSFER = Transfer(
    "T1", False, 1, "store-01", "w-03", tuple(UnitId(f"licence_paper-{50010020 + n}") for n in range(3)),
    (NumberRange(BatchId("B-0500019"), 41000201, 50),), TIME,
)  # fmt: skip
COUNT = StockCount(
    "C1", "w-03", True, 1, TIME, 6, ("licence_paper-50010003",), ("tax_device-661000000099",),
    (BatchDiffers(BatchId("B-0500019"), 41000201, 41000226),),
)  # fmt: skip
CLEAN = replace(COUNT, id="C2", place="store-01", missing=(), surplus=(), batches=())
BOOK = replace(
    samples.BOOK, as_of=TIME, transfers=(TRANSFER,), counts=(COUNT, CLEAN),
    shelf=(
        ShelfPlace("A-01", walk.CASE, walk.SLIP, (("licence_original", "00123456"), ("seal_company", "5001030101"))),
        ShelfPlace("A-02", CaseId("01JDOTHER1"), SlipCode("T4W-907"), (("tax_device", "440211007721"),)),
    ),
)  # fmt: skip


def refusal(slug: str) -> Fault:
    """The platform said no."""
    return Fault(FaultCode.PLATFORM_REFUSED, {"slug": slug})


TASKS = (
    LedgerTask("k1", "decideAcceptance", walk.CASE, refusal("version-mismatch"), TIME),
    LedgerTask("k2", "sendStock", CaseId("01JDMOVE1"), refusal("not-in-stock"), TIME),
    LedgerTask("audit", "postAuditSegment", CaseId(""), refusal("audit-chain-broken"), TIME),
)
DIFFERENCES = tuple(
    Discrepancy(f"d{n}", f"{subject}-differs", subject, f"s{n}", True, 1, owner, TIME, ("licence_paper-50010008",))
    for n, (subject, owner) in enumerate((
        ("count", "keeper"), ("transfer", "keeper"), ("handover", "supervisor"),
    ))
)  # fmt: skip
PROMISES = (
    Promise(
        "CASE", "one_day_promise", TIME, TIME + timedelta(hours=7), False,
        (Pause(TIME, TIME + timedelta(minutes=20), "correction"),), None, None, 312,
    ),
    Promise("INVOICE", "invoice_preparation", TIME, TIME + timedelta(hours=1), True,
            (Pause(TIME, None, "材料核验中"),), None, None, 44),
    Promise("SETUP", "one_day_promise", TIME, TIME, False, (), TIME, None, None),
    Promise("SEAL", "one_day_promise", TIME, TIME, False, (), None, TIME, None),
)  # fmt: skip
MESSAGES = (
    Message("m1", "ready", TIME, "您的企业开办已备好，请带身份证到 3 号窗口领取。",
            "Your case is ready: bring your ID card to window 3.",
            (("sms", "DELIVERED"), ("platform", "DELIVERED")), ()),
    Message("m2", "accepted", TIME, "您的申请已受理。", "Your application is accepted.",
            (("sms", "FAILED"), ("platform", "DELIVERED")), ("sms",)),
)  # fmt: skip
TRAIL = (
    TrailLine(9, TIME, "acceptance_decided", "0317", (("decision", "accept"), ("version", "7"))),
    TrailLine(8, TIME, "case_opened", "0317", (("by", "slip"),)),
    TrailLine(3, TIME, "visit_ended", "terminal", (("how", "staff"),)),
)
STORY = Story(walk.case(CaseState.READY), None, None, TRAIL)


def supervisor() -> walk.Walk:
    """吴主管 has signed in."""
    signed = ev.ChallengeSigned(SignedChallenge(StaffRef("0001"), b"c" * 32, b"s" * 64))
    made = walk.Walk().did(ev.StaffCardPut(StaffCard(StaffRef("0001"))))
    return made.did(ev.PinEntered("135790"), signed, ev.StaffSignedIn(SUPERVISOR), ev.CasesListed(walk.hall()))


def at_store(by: walk.Walk | None = None, book: StockBook = BOOK) -> walk.Walk:
    """The book is read."""
    return (by or walk.on_duty()).did(back.StoreAsked(), back.StoreRead(book, True))


def unit(number: str = "50010020") -> walk.Walk:
    """One thing lies on the desk."""
    return at_store().did(back.UnitAsked(), ev.CodeTyped(number))


def status(verdict: Verdict, fault: Fault | None = None) -> DeedStatus:
    """The outbox's word about a movement."""
    return walk.deed(verdict, TIME, fault)


def counting() -> walk.Walk:
    """Window 3 is counted."""
    return at_store().did(back.CountAsked("w-03"), ev.CodeTyped("50010001-50010004"), walk.scan("50010009"))


def receiving() -> walk.Walk:
    """Ten devices came."""
    return at_store().did(
        back.ReceiveAsked("store-01"),
        back.KindPicked(StockKind.TAX_DEVICE),
        ev.CodeTyped("661000000121-661000000124"),
    )


def confirming() -> walk.Walk:
    """The delivery waits for the second person."""
    return receiving().did(back.MovementAsked("DN-118"))


def confirmed() -> walk.Walk:
    """郑保管 confirmed; the platform is asked."""
    signed = back.SecondSigned(SignedChallenge(StaffRef("0402"), b"c" * 32, b"s" * 64))
    second = back.SecondConfirmed(SecondPerson(StaffRef("0402"), "郑保管", frozenset({"keeper"})))
    return confirming().did(back.SecondCardPut(StaffCard(StaffRef("0402"))), ev.PinEntered("246800"), signed, second)


UNDELIVERED = (
    FailedMessage(
        "M1", walk.CASE, walk.SLIP, "ready", walk.TIME - timedelta(hours=2), 2, "not-delivered"
    ),
    FailedMessage("M2", CaseId("01JDOTHER1"), SlipCode("P8R-332"), "posted", walk.TIME, 0, "no-phone"),
)  # fmt: skip


def tray(by: walk.Walk | None = None) -> walk.Walk:
    """Three parked deeds, two messages that reached nobody, and three differences."""
    told: tuple[Event, ...] = (
        back.TasksListed(TASKS), back.DiscrepanciesTold(DIFFERENCES), back.FailedMessagesTold(UNDELIVERED),
    )  # fmt: skip
    return (by or walk.on_duty()).did(*told, back.TasksAsked())


def found() -> walk.Walk:
    """Initials have led to a case."""
    cases = walk.hall()
    hits = ((Hit(cases[0].id, FoundBy.PERSON), cases[0]), (Hit(cases[3].id, FoundBy.PHONE), cases[3]))
    return walk.on_duty().did(back.SearchAsked(), back.FragmentTyped("wcs"), back.CasesMatched("wcs", hits))


def viewed() -> walk.Walk:
    """The case from all sides."""
    made = found().did(back.CaseViewed(walk.CASE), back.StoryRead(STORY))
    return made.did(back.PromisesTold(PROMISES), back.MessagesTold(MESSAGES))


def reports() -> walk.Walk:
    """Everything is here that a report needs."""
    return at_store().did(back.ReportsAsked(), back.MovementsTold(samples.MOVEMENTS))


STANDING = WindowStanding(("A027",), (walk.SLIP,), LastShift("S0", StaffRef("0403"), StaffRef("0317"), TIME))
SHIFT = replace(samples.SHIFT, counted_at=TIME, taken_at=None, incoming=StaffRef(""))


KEPT = KeptShift(replace(samples.SHIFT, outgoing=StaffRef("0403"), incoming=StaffRef("0317"), taken_at=TIME))


def shift_counting() -> walk.Walk:
    """周示例 counts window 3 for the next clerk."""
    told = (back.TasksListed(TASKS), back.FailedMessagesTold(UNDELIVERED))
    begun = walk.on_duty().did(shifts.ShiftAsked(), back.StoreRead(BOOK, True), shifts.StandingTold(STANDING), *told)
    return begun.did(ev.CodeTyped("50010001-50010003"), walk.scan("50010009"))


def shift_signing() -> walk.Walk:
    """What was counted waits for the own PIN."""
    return shift_counting().did(back.MovementAsked())


def shift_offered(shift: Shift = SHIFT) -> walk.Walk:
    """The platform has compared; the next clerk's card is waited for."""
    own = ev.ChallengeSigned(SignedChallenge(StaffRef("0317"), b"c" * 32, b"s" * 64))
    return shift_signing().did(ev.PinEntered("135790"), own, shifts.ShiftOffered(shift))


def shift_laid() -> walk.Walk:
    """孙复核's card lies there."""
    return shift_offered().did(back.SecondCardPut(StaffCard(StaffRef("0403"))))


def shift_taken() -> walk.Walk:
    """孙复核 has taken the window over."""
    both = SignedChallenge(StaffRef("0403"), b"c" * 32, b"s" * 64)
    second = back.SecondConfirmed(SecondPerson(StaffRef("0403"), "孙复核", frozenset({"keeper", "clerk"})))
    signed = shift_laid().did(ev.PinEntered("112233"), shifts.IncomingSigned(both, both), second)
    return signed.did(shifts.ShiftTaken(replace(SHIFT, incoming=StaffRef("0403"), taken_at=TIME)))


NEXT = StaffSession(StaffRef("0403"), "孙复核", frozenset({"keeper", "clerk"}), TIME + timedelta(hours=8))


def stills() -> dict[str, walk.Still]:
    """Every face, by name."""
    refused = refusal("not-in-stock")
    acted = unit().did(back.UnitActed(UnitAct.QUARANTINE, "damaged"))
    sent = at_store().did(
        back.SendAsked("store-01", "w-03"), ev.CodeTyped("50010020-50010023"), walk.scan("41000201")
    )
    closing = at_store(supervisor()).did(back.CountPicked("C1"))
    second = confirming().did(back.SecondCardPut(StaffCard(StaffRef("0402"))))
    wrong = walk.failed(walk.DeviceKind.STAFF_CARD_READER, FaultCode.PIN_WRONG, left="2")
    views = ("timeline", "promises", "materials", "people", "articles", "messages", "audit")
    return {
        "see_store-empty": walk.on_duty().did(back.StoreAsked()).still(online=False),
        "see_store": at_store().still(),
        **{f"see_store-{tab}": at_store().still({"tab": tab}) for tab in ("levels", "shelf", "transfers", "counts")},
        "see_store-offline": walk.on_duty().did(back.StoreAsked(), back.StoreRead(BOOK, False)).still(online=False),
        "handle_unit": at_store().did(back.UnitAsked()).still(),
        "handle_unit-found": unit().still(),
        "handle_unit-unknown": unit("99999999").still(),
        "handle_unit-fenced": unit("50010009").still({"pick": 2}),
        "handle_unit-recorded": acted.did(back.MovementTold(status(Verdict.WAITING))).still(online=False),
        "handle_unit-refused": acted.did(back.MovementTold(status(Verdict.REFUSED, refused))).still(),
        "count_place": counting().still(),
        "count_place-recorded": counting().did(
            back.MovementAsked(), back.MovementTold(status(Verdict.WAITING))
        ).still(online=False),
        "receive_goods": receiving().still({"more": "DN-118"}),
        "receive_goods-known": receiving().did(ev.CodeTyped("661000000011")).still(),
        "send_goods": sent.still(),
        "take_in_goods": at_store().did(back.TransferPicked("T1"), walk.scan("50010020")).still(),
        "close_count": closing.still(),
        "close_count-keeper": at_store().did(back.CountPicked("C1")).still(),
        "confirm_second": confirming().still(),
        "confirm_second-pin": second.still({"pin": "246800"}),
        "confirm_second-wrong": second.did(ev.PinEntered("1234"), wrong).still(),
        "return_card": confirmed().still(),
        "return_card-done": confirmed().did(back.DoneTogether(4)).still(),
        "return_card-refused": confirmed().did(
            ev.PlatformFailed(Fault(FaultCode.STOCK_REFUSED, {"slug": "serial-exists"}))
        ).still(),
        "receive_goods-done": confirmed().did(back.DoneTogether(4), back.OwnCardBack()).still(),
        "see_tasks": tray().still(),
        "see_tasks-message": tray().still({"pick": 3, "tab": "in_person"}),
        "see_tasks-message_closed": tray().did(back.MessageClosed("M1")).still({"pick": 3}),
        "see_tasks-difference": tray(supervisor()).still({"pick": 5, "entry": "示例：已查明"}),
        "see_tasks-none": walk.on_duty().did(back.TasksAsked()).still(),
        "search_cases": walk.on_duty().did(back.SearchAsked()).still(),
        "search_cases-found": found().still({"entry": "wcs"}),
        "search_cases-none": walk.on_duty().did(
            back.SearchAsked(), back.FragmentTyped("zzz"), back.CasesMatched("zzz", ())
        ).still({"entry": "zzz"}),
        **{f"view_case-{tab}": viewed().still({"tab": tab}) for tab in views},
        "view_case-offline": found().did(back.CaseViewed(walk.CASE), back.StoryRead(STORY)).still(
            {"tab": "promises"}, online=False
        ),
        "see_reports": reports().still(),
        "see_reports-saved": reports().did(
            back.ReportAsked("stock_list", "xlsx"), back.ReportSaved("stock_list-20261127-052000.xlsx")
        ).still({"pick": 2}),
        "count_shift": shift_counting().still(),
        "count_shift-offline": walk.on_duty().did(
            shifts.ShiftAsked(), back.StoreRead(BOOK, False)
        ).still(online=False),
        "sign_shift": shift_signing().still({"pin": "1357"}),
        "take_shift": shift_offered().still(),
        "take_shift-pin": shift_laid().still({"pin": "112233"}),
        "take_shift-over": shift_laid().did(ev.PlatformFailed(Fault(FaultCode.SHIFT_OVER))).still(),
        "find_case-sheet_owed": walk.on_duty().did(shifts.ShiftLooked(KEPT)).still(),
        "count_shift-sheet_owed": shift_counting().did(shifts.ShiftLooked(KEPT)).still(),
        "shift_done": shift_taken().did(ev.StaffSignedIn(NEXT), ev.SheetDone(Printed.PRINTED)).still(),
        "shift_done-signing_in": shift_taken().still(),
        "find_case-tasks": walk.on_duty().did(
            back.TasksListed(TASKS), back.DiscrepanciesTold(DIFFERENCES)
        ).still(),
    }  # fmt: skip
