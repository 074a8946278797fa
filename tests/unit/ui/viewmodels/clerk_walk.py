"""Every face of the comprehensive window, reached the way a clerk reaches it: the real plan walked by real events."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image

from kiosk.contracts.central_platform import StaffSession, Verification
from kiosk.contracts.code_scanner import Scan, Symbology
from kiosk.contracts.device import DeviceKind, DeviceReport, DeviceState, Supply
from kiosk.contracts.ledger import DeedStatus, LedgerState, Verdict
from kiosk.contracts.printing import Printed
from kiosk.contracts.smart_card import SignedChallenge, StaffCard
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus
from kiosk.domain.acts import Act
from kiosk.domain.article import Article, ArticleKind, ArticleState, SealUse
from kiosk.domain.case import CaseState, CompanyName, OpeningCase, OpeningForm, TimelineEntry
from kiosk.domain.draft_split import Side
from kiosk.domain.handover import Handover, HandoverLine, HandoverState, Permit
from kiosk.domain.ids import (
    ArticleId,
    BatchId,
    BlobId,
    CaseId,
    CaseNo,
    HandoverId,
    MaterialId,
    PermitId,
    PersonRef,
    SlipCode,
    StaffRef,
    TicketId,
    UnitId,
    VerificationId,
    WindowId,
)
from kiosk.domain.item import Item, ItemProgress, ItemState
from kiosk.domain.library import LibraryPaper, WhyNot
from kiosk.domain.material import HeldMaterial, MaterialSource
from kiosk.domain.material_page import MaterialPage
from kiosk.domain.proof import PersonProof, ProofWay
from kiosk.domain.queue import HallQueue, Priority, Ticket, TicketState, WindowNow
from kiosk.faults import Fault, FaultCode
from kiosk.rules.slip_code import slip_payload
from kiosk.session import Scene
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk
from kiosk.workflow.events.library import LibraryAnswered, LibraryAsked, LibraryTold, LibraryUsed
from kiosk.workflow.events.material_view import DifferenceNoted, MaterialLookAsked, MaterialPageRead
from kiosk.workflow.machine import Event, advance, begin
from kiosk.workflow.window import WINDOW

from . import citizen_walk as citizen
from . import resume_walk as resume

TIME, CASE, SLIP, PNG = citizen.TIME, citizen.CASE, citizen.SLIP, citizen.PNG
USCC = "91500103MA5U00003N"
COMPANY = "重庆示例餐饮管理有限公司"
STAFF = StaffSession(StaffRef("0317"), "周示例", frozenset({"clerk", "keeper"}), TIME + timedelta(hours=8))
HERE = WindowId("w-03")
RECIPIENT = PersonRef("recipient")


def _unit(n: int, kind: ArticleKind, item: Item, serial: str, use: SealUse | None = None) -> Article:
    unit_id = UnitId(f"{kind.value}-{serial}")
    return Article(ArticleId(f"A{n}"), kind, item, ArticleState.PREPARED, serial, use, unit_id)


ARTICLES = (
    _unit(1, ArticleKind.LICENCE_ORIGINAL, Item.SETUP, "00123456"),
    _unit(2, ArticleKind.LICENCE_COPY, Item.SETUP, "00123457"),
    _unit(3, ArticleKind.SEAL, Item.SEAL, "5001030000101", SealUse.COMPANY),
    _unit(4, ArticleKind.SEAL, Item.SEAL, "5001030000102", SealUse.FINANCE),
    _unit(5, ArticleKind.SEAL, Item.SEAL, "5001030000103", SealUse.INVOICE),
    _unit(6, ArticleKind.SEAL, Item.SEAL, "5001030000104", SealUse.LEGAL_REP),
    Article(
        ArticleId("A7"), ArticleKind.INVOICE_VOLUME, Item.INVOICE, ArticleState.PREPARED, "0361", None, None,
        BatchId("B-1"), 3612001, 25,
    ),
    _unit(8, ArticleKind.TAX_DEVICE, Item.INVOICE, "440211007721"),
)  # fmt: skip
REPORTS = tuple(
    DeviceReport(f"window.{kind.value}", kind, DeviceState.READY)
    for kind in (
        DeviceKind.ID_CARD_READER, DeviceKind.STAFF_CARD_READER, DeviceKind.TAX_DEVICE, DeviceKind.CODE_SCANNER,
        DeviceKind.DOCUMENT_PRINTER,
    )
)  # fmt: skip
BROKEN = (
    *REPORTS[:1],
    DeviceReport(
        "window.staff_card_reader", DeviceKind.STAFF_CARD_READER, DeviceState.ABSENT,
        fault=Fault(FaultCode.SMART_CARD_READER_ABSENT),
    ),
    *REPORTS[2:4],
    replace(REPORTS[4], supply=Supply.LOW),
)  # fmt: skip


def case(state: CaseState) -> OpeningCase:
    """王测试 and 李示例's company as the platform has it."""
    form = citizen.signed().state.form
    hour = timedelta(hours=1)
    accepted = state not in (CaseState.SUBMITTED, CaseState.RECEIVED)
    ready = state is CaseState.READY
    steps = (ItemState.PREPARED,) * 3 if ready else (ItemState.IN_REVIEW, ItemState.PENDING, ItemState.PENDING)
    items = tuple(
        ItemProgress(item, now, TIME + 26 * hour)
        for item, now in zip(form.items, (*steps, ItemState.DONE), strict=True)
    )
    timeline = [TimelineEntry(TIME - 26 * hour, "CASE", "SUBMITTED")]
    if accepted:
        timeline.append(TimelineEntry(TIME - 25 * hour, "CASE", "ACCEPTED"))
        timeline += [
            TimelineEntry(TIME - (24 - n) * hour, one.item.value, one.state.value) for n, one in enumerate(items)
        ]
        timeline.append(TimelineEntry(TIME - hour, "CASE", state.value))
    return OpeningCase(
        CASE, SLIP, form, state, 7, CaseNo("CQ-2026-0001"), USCC if accepted else "", items if accepted else (),
        ARTICLES if ready else (), tuple(timeline), TIME - 25 * hour if accepted else None,
        TIME + 7 * hour if accepted else None, proofs=_proofs(form),
    )  # fmt: skip


def _proofs(form: OpeningForm) -> tuple[PersonProof, ...]:
    """The first by the face, the others in person."""
    way, at, until = ProofWay.CARD_FACE, TIME - timedelta(hours=1), TIME + timedelta(hours=7)
    first, *others = form.people
    return (
        PersonProof(first.ref, way, at, until),
        *(PersonProof(one.ref, ProofWay.IN_PERSON, at, until, "褚帮办", "0600") for one in others),
    )


def hall() -> tuple[OpeningCase, ...]:
    """The hall's open cases; three of other people."""
    others = (
        ("M3X-105", CaseState.SUBMITTED, "样板便利店"),
        ("P8R-332", CaseState.IN_REVIEW, "测试软件开发"),
        ("T4W-907", CaseState.READY, "虚构花艺设计"),
    )
    found = [case(CaseState.READY)]
    for n, (code, state, trade) in enumerate(others):
        one = case(state)
        named = replace(one.form, name=CompanyName(trade=trade[:2], industry=trade[2:]))
        found.append(replace(one, id=CaseId(f"01JDOTHER{n}"), slip_code=SlipCode(code), form=named))
    return tuple(found)


@dataclass(frozen=True)
class Still:
    """One moment: the scene, and what the screen itself remembers."""

    scene: Scene[Desk]
    notes: Mapping[str, Any]


class Walk:
    """A clerk's hour under way."""

    def __init__(self) -> None:
        self.at = TIME
        self.state, _ = begin(WINDOW, Desk(TIME, HERE))

    def did(self, *events: Event) -> "Walk":
        """These events, one after the other, a second apart."""
        for event in events:
            self.at += timedelta(seconds=1)
            self.state, _ = advance(WINDOW, replace(self.state, now=self.at), event)
        return self

    def later(self, **passed: float) -> "Walk":
        """Time goes by."""
        self.at += timedelta(**passed)
        self.state = replace(self.state, now=self.at)
        return self

    def still(
        self,
        notes: Mapping[str, Any] | None = None,
        *,
        online: bool = True,
        reports: tuple[DeviceReport, ...] = REPORTS,
        ledger: LedgerState | None = None,
        barred: Mapping[Act, Fault] | None = None,
        stopped: Fault | None = None,
    ) -> Still:
        """This moment as the screen gets it."""
        kept, journey = ledger or LedgerState(0, 0, 12, "0f1e2d3c4b5a6978"), WINDOW.journey_of(self.state.step)
        scene = Scene(self.state, journey, reports, online, kept, 1, barred or {}, stopped)
        return Still(scene, notes or {})


def scan(text: str) -> Event:
    """The scanner read a bar code."""
    return ev.CodeScanned(Scan(text.encode(), text, Symbology.CODE128))


def failed(kind: DeviceKind, code: FaultCode, **details: str) -> Event:
    """A device said why not."""
    return ev.DeviceFailed(kind, Fault(code, details))


def device(holder: str = COMPANY, uscc: str = USCC) -> Event:
    """The tax device was read back."""
    return ev.DeviceReadBack(TaxDeviceReadout("440211007721", TaxDeviceStatus.ISSUED, uscc, holder))


SCANS = (*(scan(a.serial) for a in ARTICLES[:6]), scan("03612001"))


def carded() -> Walk:
    """The staff card lies on the reader."""
    return Walk().did(ev.StaffCardPut(StaffCard(StaffRef("0317"))))


def on_duty(cases: tuple[OpeningCase, ...] | None = None) -> Walk:
    """周示例 has signed in; the hall's cases are listed."""
    signed = ev.ChallengeSigned(SignedChallenge(StaffRef("0317"), b"c" * 32, b"s" * 64))
    walk = carded().did(ev.PinEntered("135790"), signed, ev.StaffSignedIn(STAFF))
    return walk.did(ev.CasesListed(hall() if cases is None else cases))


def ticket(number: int, state: TicketState = TicketState.WAITING, **more: Any) -> Ticket:
    """A number of today, drawn some minutes ago."""
    drawn = TIME - timedelta(minutes=2 * (30 - number))
    return Ticket(TicketId(f"01JDTICKET{number:016d}"), f"A{number:03d}", state, 1, drawn, **more)


def line(here: Ticket | None = None, waiting: int = 7) -> Event:
    """The queue as the platform tells it; two numbers were passed over, window 4 serves somebody too."""
    tickets = [ticket(20, priority=Priority.ELDER), *(ticket(n) for n in range(21, 20 + waiting))] if waiting else []
    missed = [ticket(11, TicketState.MISSED, may_return=True), ticket(9, TicketState.MISSED)]
    windows = (
        WindowNow(HERE, True, number=here.number if here else "", state=here.state if here else None),
        WindowNow(WindowId("w-04"), True, number="A018", state=TicketState.SERVING),
        WindowNow(WindowId("w-05"), False),
    )
    numbers = tuple(one.number for one in tickets)
    told = HallQueue(
        TIME, len(tickets), 14 if tickets else None, numbers, ("A011", "A009"), windows,
        (*([here] if here else []), *tickets, *missed),
    )  # fmt: skip
    return ev.QueueTold(told, TIME, True)


def queued(here: Ticket | None = None, waiting: int = 7) -> Walk:
    """On duty, and the queue is known."""
    return on_duty().did(line(here, waiting))


CALLED = ticket(19, TicketState.CALLED, window=HERE, called_at=TIME, calls=1)
SERVING = replace(CALLED, state=TicketState.SERVING, version=2)


def intake() -> Walk:
    """A submitted case was opened by its slip."""
    found = ev.CasesFound((case(CaseState.SUBMITTED),))
    return on_duty().did(scan(slip_payload(CASE, SLIP)), found)


def intake_with_papers() -> Walk:
    """The same, where the lease was photographed at the terminal."""
    lease = HeldMaterial("lease_contract", MaterialSource.SCANNED, id=MaterialId("m1"), pages=2)
    found = ev.CasesFound((replace(case(CaseState.SUBMITTED), materials=(lease,)),))
    return on_duty().did(scan(slip_payload(CASE, SLIP)), found)


def beside() -> Walk:
    """The photographed lease lies beside the data that it proves."""
    walk = intake_with_papers().did(MaterialLookAsked("domicile_proof"))
    return walk.did(MaterialPageRead(MaterialPage(MaterialId("m1"), 1, 2, page(232))))


def intake_with_firm() -> Walk:
    """The same, where a company is among the shareholders and somebody signs for it by authority."""
    form = replace(citizen.firm_signed_for().state.form, name_verdict=citizen.RESERVED)
    found = ev.CasesFound((replace(case(CaseState.SUBMITTED), form=form),))
    return on_duty().did(scan(slip_payload(CASE, SLIP)), found)


DEED = LibraryPaper(
    "L1", "property_certificate", "示例不动产登记中心", date(2024, 12, 1), None, PersonRef("p1"),
    "重庆市渝中区示例路1号2-3", ("domicile_proof", "property_certificate"),
)  # fmt: skip


def with_library(paper: LibraryPaper = DEED) -> Walk:
    """The library of certificates was looked into."""
    return intake().did(LibraryTold((paper,)))


def intake_with_findings() -> Walk:
    """The same, filled in elsewhere, with answers that the rules do not let through."""
    form = case(CaseState.SUBMITTED).form
    form = replace(form, licence_copies=100, domicile=replace(form.domicile, get_way=None), contribution_years=6)
    found = ev.CasesFound((replace(case(CaseState.SUBMITTED), form=form),))
    return on_duty().did(scan(slip_payload(CASE, SLIP)), found)


def judged() -> Walk:
    """Everything is in order."""
    return intake().did(ev.MaterialJudged("domicile_proof", 1))


def deed(verdict: Verdict, at: datetime, fault: Fault | None = None) -> DeedStatus:
    """The outbox's word."""
    settled = at + timedelta(seconds=2) if verdict is not Verdict.WAITING else None
    return DeedStatus("d1", verdict, at, settled, settled, fault)


def accepting() -> Walk:
    """受理 was pressed."""
    walk = judged().did(ev.AcceptAsked())
    return walk.did(ev.DeedRecorded(deed(Verdict.WAITING, walk.at)))


def accepted() -> Walk:
    """The platform has taken it."""
    walk = accepting()
    now = replace(case(CaseState.ACCEPTED), accepted_at=walk.at)
    return walk.did(ev.CaseChanged(now, (deed(Verdict.ACCEPTED, walk.at),), True))


def returned() -> Walk:
    """Everything that is missing was told at once; the platform has sent the case back."""
    walk = intake().did(ev.MaterialJudged("domicile_proof", 2), ev.NoticeAsked())
    walk.did(ev.DeedRecorded(deed(Verdict.WAITING, walk.at)))
    gone = replace(case(CaseState.SUBMITTED), state=CaseState.RETURNED)
    return walk.did(ev.CaseChanged(gone, (deed(Verdict.ACCEPTED, walk.at),), True))


def refused() -> Walk:
    """The platform has not taken it."""
    walk = accepting()
    word = deed(Verdict.REFUSED, walk.at, Fault(FaultCode.PLATFORM_REFUSED, {"slug": "version-mismatch"}))
    return walk.did(ev.CaseChanged(case(CaseState.SUBMITTED), (word,), True))


def seen(state: CaseState) -> Walk:
    """A case with nothing to do now."""
    return on_duty().did(ev.CodeTyped("K7P428"), ev.CasesFound((case(state),)))


def booked() -> Walk:
    """It has become ready while it was looked at, and its applicant has said when to come."""
    walk = seen(CaseState.PREPARING)
    ready = replace(case(CaseState.READY), collection=walk.at + timedelta(days=1))
    return walk.did(ev.CaseChanged(ready, (), live=True))


def picture() -> bytes:
    """What a decoder makes of a card's photo, in form: a bitmap with a shade in it and no face."""
    file = BytesIO()
    Image.linear_gradient("L").resize((102, 126)).convert("RGB").save(file, "BMP")
    return file.getvalue()


@cache
def page(shade: int = 246) -> bytes:
    """A page in form: as large as a printed one, and nothing on it."""
    file = BytesIO()
    Image.new("L", (1190, 1684), shade).save(file, "PNG")
    return file.getvalue()


def painted(walk: Walk, pages: int = 2) -> Walk:
    """The clerk looks at the paper of this step."""
    walk.did(ev.PreviewAsked())
    assert walk.state.preview is not None
    return walk.did(ev.PagesPainted(walk.state.preview.job, tuple(page(246 - 20 * n) for n in range(pages))))


def awaited() -> Walk:
    """A ready case was opened by its code: the recipient's card is awaited."""
    return seen(CaseState.READY)


def recipient() -> Walk:
    """王测试 laid the card."""
    return on_duty().did(ev.CardRead(citizen.WANG), ev.CasesFound((case(CaseState.READY),)))


def asked() -> Walk:
    """The clerk stands for it; the permit is asked for."""
    yes = ev.PersonVerified(Verification(VerificationId("V"), True, TIME + timedelta(hours=1)))
    return recipient().did(ev.RecipientConfirmed(), yes)


def prepared(minutes: int = 20) -> Walk:
    """The permit is here; nothing is scanned yet."""
    walk = asked()
    lines = tuple(HandoverLine(a.id, a.unit_id, a.batch_id, a.first_no, a.count) for a in ARTICLES)
    permit = Permit(PermitId("P"), b"payload", b"sig", walk.at + timedelta(minutes=minutes))
    return walk.did(ev.HandoverPrepared(Handover(HandoverId("H"), CASE, HandoverState.PREPARED, 1, lines, permit)))


def checked() -> Walk:
    """Everything fits."""
    return prepared().did(*SCANS, device())


def left_over() -> Walk:
    """Signed in after a power cut: one hand-over of this window stopped half-way."""
    handover = prepared().state.handover
    return on_duty().did(ev.HandoverLooked(handover, case(CaseState.READY)))


def rechecking() -> Walk:
    """待核实: its things are looked for."""
    return left_over().did(ev.RecheckAsked())


def parted(*, conflicts: bool = True, drafts: int = 1) -> Walk:
    """Signed in: a draft that was saved at this window was changed elsewhere too."""
    split = resume.split(citizen.together().state.form) if conflicts else resume.parted_at_submission().state.split
    assert split is not None
    draft = OpeningCase(CASE, SLIP, split.theirs, CaseState.DRAFT, split.version)
    others = [(replace(draft, id=CaseId(f"01JDOTHER{n}")), split) for n in range(drafts - 1)]
    return on_duty().did(ev.SplitsLooked(((draft, split), *others)))


def settling(*, conflicts: bool = True) -> Walk:
    """The applicant is asked."""
    return parted(conflicts=conflicts).did(ev.SettleAsked())


def chose(*sides: Side) -> Walk:
    """One answer after the other was decided."""
    walk = settling()
    asked = walk.state.split.conflicts if walk.state.split else ()
    return walk.did(*(ev.SideChosen(one.where, side) for one, side in zip(asked, sides, strict=False)))


def looked(number: int, *, here: bool) -> Event:
    """Somebody looked for one of the articles."""
    return ev.ArticleRechecked(ARTICLES[number].id, here)


def signing() -> Walk:
    """The recipient is asked to sign."""
    return checked().did(ev.NextAsked())


def signed() -> Walk:
    """Signed, and kept."""
    return signing().did(ev.SignatureDrawn(RECIPIENT, PNG), ev.SignatureKept(RECIPIENT, BlobId("a" * 64)))


def handed() -> Walk:
    """Handed over; recorded on this machine."""
    walk = signed().did(ev.HandOverAsked())
    return walk.did(ev.DeedRecorded(deed(Verdict.WAITING, walk.at)))


def registered() -> Walk:
    """The platform knows; the sheet is out."""
    walk = handed().did(ev.SheetDone(Printed.PRINTED))
    word = deed(Verdict.ACCEPTED, walk.at)
    return walk.did(ev.CaseChanged(replace(case(CaseState.READY), state=CaseState.CLOSED), (word,), True))


def stills() -> dict[str, Still]:
    """Every face that a clerk may meet, by name."""
    from . import room_walk

    wrong_pin = failed(DeviceKind.STAFF_CARD_READER, FaultCode.PIN_WRONG, left="2")
    unread = failed(DeviceKind.ID_CARD_READER, FaultCode.CARD_READ_FAILED)
    offline = {Act.DECIDE_ACCEPTANCE: Fault(FaultCode.NEEDS_NETWORK)}
    locked = Fault(FaultCode.TERMINAL_LOCKED)
    over, moved = Fault(FaultCode.PERMIT_EXPIRED), Fault(FaultCode.PERMIT_BEFORE_RESTART)
    owed = LedgerState(2, 1, 12, "0f1e2d3c4b5a6978")
    jam = failed(DeviceKind.DOCUMENT_PRINTER, FaultCode.PRINTER_JAM)
    from . import device_walk, entry_walk  # walk on from here

    drawn = ev.SignatureDrawn(RECIPIENT, PNG)
    own_card = ev.StaffCardPut(StaffCard(StaffRef("0317")))
    other_card = ev.StaffCardPut(StaffCard(StaffRef("0403")))
    changed = ev.QueueFailed(Fault(FaultCode.QUEUE_MOVED))
    working = ev.CasesFound((case(CaseState.IN_REVIEW),))
    both = (Side.MINE, Side.THEIRS)
    split_again = ev.LedgerFailed(Fault(FaultCode.DRAFT_SPLIT, {"slug": "changed-again"}))
    read_only = {Act.KEEP_DRAFT: Fault(FaultCode.TERMINAL_READ_ONLY)}
    return {
        "settle_draft": settling().still(),
        "settle_draft-some": chose(*both[:1]).still(),
        "settle_draft-moved": chose(*both).still({"line": 0}),
        "settle_draft-decided": chose(*both, Side.MINE, Side.MINE).still(),
        "settle_draft-again": chose(*both, Side.MINE).did(split_again).still(),
        "settle_draft-barred": chose(*both).still(barred=read_only),
        "settle_draft-joined": settling(conflicts=False).still(),
        "check_materials-findings": intake_with_findings().still(),
        "check_materials-findings-seen": intake_with_findings().did(ev.MaterialJudged("domicile_proof", 1)).still(),
        "find_case-recorded": on_duty().did(ev.HandoverLooked(unwitnessed=case(CaseState.CLOSED))).still(),
        "find_case-split": parted().still(),
        "find_case-splits": parted(drafts=3).still(),
        "present_staff_card": Walk().still(),
        "present_staff_card-stopped": Walk().still(stopped=locked),
        "present_staff_card-broken": Walk().still(reports=BROKEN),
        "enter_pin": carded().still(),
        "enter_pin-typed": carded().still({"pin": "135790"}),
        "enter_pin-checking": carded().did(ev.PinEntered("135790")).still(),
        "enter_pin-wrong": carded().did(ev.PinEntered("1234"), wrong_pin).still(),
        "find_case": on_duty().still(),
        "find_case-empty": on_duty(()).still(),
        "find_case-typed": on_duty().still({"code": "K7P-428", "pick": 2}),
        "find_case-searching": on_duty().did(ev.CodeTyped("K7P428")).still(),
        "find_case-unknown": on_duty().did(ev.CodeTyped("K7P428"), ev.CasesFound(())).still(),
        "find_case-unread": on_duty().did(unread).still(online=False, ledger=owed, reports=BROKEN),
        "find_case-idle": queued().did(ev.IdleWarned()).still(),
        "check_bundle-locked": prepared().did(ev.LockAsked()).still(),
        "check_bundle-locked_card": prepared().did(ev.LockAsked(), own_card).still({"pin": "1357"}),
        "check_bundle-locked_other": prepared().did(ev.LockAsked(), other_card).still(),
        "find_case-palette": queued(SERVING).still({"palette": "yes"}),
        "find_case-palette_typed": queued().still({"palette": "yes", "paletteTyped": "jx"}),
        "check_materials-palette": intake().still({"palette": "yes"}),
        "find_case-queue": queued().still(),
        "find_case-nobody": queued(waiting=0).did(ev.CallNextAsked(), ev.TicketCalled(None)).still(),
        "find_case-called": queued(CALLED).later(minutes=2).still(),
        "find_case-serving": queued(SERVING).later(minutes=12).still(),
        "find_case-paused": queued().did(ev.PauseAsked(True, "短时离开"), ev.WindowPaused(True)).still(),
        "find_case-queue_offline": queued(SERVING).still(online=False),
        "find_case-queue_fault": queued().did(ev.CallNextAsked(), changed).still(),
        "find_case-miss": queued(CALLED).still({"ask": "miss"}),
        "find_case-transfer_why": queued(SERVING).still({"ask": "transfer_why", "to": "w-04"}),
        "find_case-raise_why": queued().still({"ask": "raise_why", "ticket": ticket(22).id}),
        "find_case-pause": queued().still({"ask": "pause"}),
        "see_case-queue": queued(SERVING).did(ev.CodeTyped("K7P428"), working).still(),
        "check_materials": intake().still(),
        "check_materials-library": with_library().still(),
        "check_materials-library_differs": with_library(replace(DEED, about="示例路 1 号 1-1")).still(),
        "check_materials-library_asked": with_library().did(LibraryAsked("L1")).still(),
        "check_materials-library_used": with_library().did(
            LibraryAsked("L1"), LibraryAnswered(True), LibraryUsed("L1")
        ).still({"line": 3}),
        "check_materials-library_expired": with_library(
            replace(DEED, valid_until=date(2026, 11, 1), why_not=WhyNot.EXPIRED)
        ).still(),
        "check_materials-beside_waits": intake_with_papers().did(MaterialLookAsked("domicile_proof")).still(),
        "check_materials-beside": beside().still(),
        "check_materials-beside_differs": beside().did(DifferenceNoted("domicile_proof", "domicile")).still(
            {"materialZoom": 1, "materialTurn": 1, "fact": 1}
        ),
        "check_materials-papers": intake_with_papers().still(),
        "check_materials-papers-held": intake_with_papers().did(ev.MaterialJudged("domicile_proof", 2)).still(),
        "check_materials-moved": intake().still({"line": 3}),
        "check_materials-firm": intake_with_firm().still({"line": 6}),
        "check_materials-notice": intake().did(ev.MaterialJudged("domicile_proof", 2)).still(),
        "check_materials-held": intake().did(ev.MaterialJudged("articles", 2)).still(),
        "check_materials-returned": returned().still(),
        "check_materials-printed": returned().did(ev.PaperAsked(), ev.SheetDone(Printed.PRINTED)).still(),
        "check_materials-ready": judged().still(),
        "check_materials-offline": judged().still(online=False, barred=offline),
        "check_materials-sending": accepting().still(),
        "check_materials-accepted": accepted().still(),
        "check_materials-refused": refused().still(),
        "check_materials-paper-making": accepted().did(ev.PreviewAsked()).still(),
        "check_materials-paper": painted(accepted()).still(),
        "check_materials-paper-large": painted(accepted()).still({"paperZoom": 2, "paperAt": 1}),
        "handed_over-paper": painted(handed().did(ev.SheetDone(Printed.PRINTED))).still(),
        "see_case": seen(CaseState.IN_REVIEW).still(),
        "see_case-closed": seen(CaseState.CLOSED).still(),
        "see_case-booked": booked().still(),
        "see_case-returned": seen(CaseState.RETURNED).still(),
        "see_case-again": seen(CaseState.RETURNED).did(ev.EntryAsked()).still(),
        "verify_recipient-waiting": awaited().still(),
        "verify_recipient": recipient().still(),
        "verify_recipient-portrait": awaited().did(ev.CardRead(replace(citizen.WANG, portrait=picture()))).still(),
        "verify_recipient-stranger": awaited().did(ev.CardRead(citizen.LI)).still(),
        "verify_recipient-expired": awaited().did(ev.CardRead(citizen.OLD)).still(),
        "verify_recipient-checking": recipient().did(ev.RecipientConfirmed()).still(),
        "check_bundle-preparing": asked().still(),
        "check_bundle-refused": asked().did(ev.PlatformFailed(Fault(FaultCode.PLATFORM_BUSY))).still(),
        "check_bundle": prepared().still(),
        "check_bundle-stopped": prepared().still(stopped=Fault(FaultCode.HANDOVER_STOPPED)),
        "check_bundle-some": prepared().did(*SCANS[:6]).still(),
        "check_bundle-typing": prepared().did(*SCANS[:6]).still({"typing": "yes", "code": "0361"}),
        "check_bundle-wrong": prepared().did(*SCANS[:2], scan("5001030000109")).still(),
        "check_bundle-device": prepared().did(*SCANS).still(),
        "check_bundle-mismatch": prepared().did(*SCANS[:6], device(holder="重庆示例餐饮服务有限公司")).still(),
        "check_bundle-checked": checked().still(),
        "check_bundle-leaving": prepared().still({"leaving": "yes"}),
        "sign_handover": signing().still(),
        "sign_handover-drawn": signing().still({"drawn": "yes"}),
        "sign_handover-keeping": signing().did(drawn).still({"drawn": "yes"}),
        "sign_handover-signed": signed().still({"drawn": "yes"}),
        "sign_handover-over": signed().later(minutes=20).did(ev.HandoverBarred(over)).still({"drawn": "yes"}),
        "sign_handover-barred": signed().did(ev.HandoverBarred(moved)).still({"drawn": "yes"}),
        "find_case-unsettled": left_over().still(),
        "recheck_handover": rechecking().did(*SCANS[:3]).still(),
        "recheck_handover-gone": rechecking().did(*SCANS[:2], looked(2, here=False)).still(),
        "recheck_handover-done": rechecking().did(*SCANS, looked(-1, here=True)).still(),
        "handed_over": handed().still(),
        "handed_over-offline": handed().did(ev.SheetDone(Printed.UNKNOWN)).still(online=False),
        "handed_over-registered": registered().still(),
        "handed_over-jam": handed().did(jam).still(),
        "handed_over-papers": registered().did(ev.PaperAsked()).still(),
        "handed_over-all": registered().did(ev.SheetDone(Printed.PRINTED, "handed_papers")).still(),
        **room_walk.stills(),
        "handed_over-passwords": registered().did(ev.PasswordsChanged()).still(),
        **device_walk.stills(),
        **entry_walk.stills(),
    }  # fmt: skip
