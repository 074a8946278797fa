"""Every face of the citizen's terminal, reached the way people reach it: the real plan walked by real events.

Nothing is set by hand; what a test looks at is a Scene that the session could have told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import cv2
import numpy as np

from kiosk.code_tables.guide_tables import AnswerId, QuestionId, Said
from kiosk.contracts.central_platform import StaffSession, Verification
from kiosk.contracts.device import Ability, DeviceKind, DeviceReport, DeviceState, Supply
from kiosk.contracts.document_camera import BoundPages, PageShot
from kiosk.contracts.face_camera import FaceShot, Likeness
from kiosk.contracts.ledger import DeedStatus, LedgerState, Verdict
from kiosk.contracts.printing import Printed
from kiosk.contracts.smart_card import SignedChallenge, StaffCard
from kiosk.contracts.social_card import SocialCard
from kiosk.domain.acts import Act
from kiosk.domain.case import (
    CaseState,
    CompanyName,
    Domicile,
    DomicileGetWay,
    NameVerdict,
    OpeningCase,
    PermitDuty,
    ScopePick,
    TimelineEntry,
)
from kiosk.domain.help_call import HelpCall, HelpCallId, HelpState
from kiosk.domain.holding import SignsAs
from kiosk.domain.identity_card import CardKind, IdentityCard
from kiosk.domain.ids import (
    BlobId,
    CaseId,
    CaseNo,
    DivisionCode,
    MaterialId,
    PersonRef,
    ScopeCode,
    SiteId,
    SlipCode,
    StaffRef,
    VerificationId,
)
from kiosk.domain.item import InvoiceMode, Item, ItemProgress, ItemState
from kiosk.domain.material import HeldMaterial, MaterialSource
from kiosk.domain.offer import PickupHall
from kiosk.domain.signing import SignerNow, SigningLink, SigningState, UploadLink
from kiosk.faults import Fault, FaultCode
from kiosk.session import Scene
from kiosk.workflow import events as ev
from kiosk.workflow.citizen import CITIZEN
from kiosk.workflow.machine import Event, advance, begin
from kiosk.workflow.visit import Visit

TIME = datetime(2026, 11, 23, 10, 24, 5, tzinfo=timezone(timedelta(hours=8)))
CASE, SLIP = CaseId("01JD9V6C3Q8T2M5N7P0R4S6W8X"), SlipCode("K7P-428")
RESERVED = NameVerdict("AVAILABLE", reserve_no="R-1", reserved_until=TIME + timedelta(days=30))
PNG = b"\x89PNG\r\n\x1a\n"
SCOPE = (
    ScopePick(ScopeCode("H6210"), "餐饮服务", PermitDuty.AFTER, "食品经营许可证", "6210"),
    ScopePick(ScopeCode("L7290"), "餐饮管理", PermitDuty.NONE, "", "7290"),
    ScopePick(ScopeCode("O8219"), "餐饮器具集中消毒服务", PermitDuty.NOTICE, "消毒服务备案", "8219"),
    ScopePick(ScopeCode("G5990"), "外卖递送服务", PermitDuty.NONE, "", "5990"),
    ScopePick(ScopeCode("F5226"), "食品销售（仅销售预包装食品）", PermitDuty.NOTICE, "", "5226"),
)
PRESS = ScopePick(ScopeCode("R8621"), "图书出版", PermitDuty.BEFORE, "图书出版许可证", "8621")


def card(name: str, born: date, number: str, until: date | None = date(2040, 1, 1)) -> IdentityCard:
    """A visibly invented certificate."""
    return IdentityCard(
        CardKind.RESIDENT, name, "女", "01", born, "重庆市渝中区示例路 1 号", number, "重庆市公安局渝中区分局",
        date(2020, 1, 1), until,
    )  # fmt: skip


WANG = card("王测试", date(1985, 4, 12), "500103198504120022")
LI = card("李示例", date(1990, 11, 3), "500103199011030031")
OLD = card("钱过期", date(1970, 1, 1), "500103197001010011", date(2024, 12, 31))


@dataclass(frozen=True)
class Still:
    """One moment: the scene, and what the screen itself remembers."""

    scene: Scene[Visit]
    notes: Mapping[str, Any]


class Walk:
    """A visit under way."""

    def __init__(self) -> None:
        self.at = TIME
        self.state, _ = begin(CITIZEN, Visit(TIME))

    def did(self, *events: Event) -> "Walk":
        """These events, one after the other, a second apart."""
        for event in events:
            self.at += timedelta(seconds=1)
            self.state, _ = advance(CITIZEN, replace(self.state, now=self.at), event)
        return self

    def still(
        self,
        notes: Mapping[str, Any] | None = None,
        *,
        online: bool = True,
        reports: tuple[DeviceReport, ...] = (),
        locked: Fault | None = None,
        stopped: FaultCode | None = None,
    ) -> Still:
        """This moment as the screen gets it."""
        ledger = LedgerState(0, 0, 12, "0f1e2d3c4b5a6978", locked)
        fault = None if stopped is None else Fault(stopped)
        acts = (Act.BEGIN_VISIT, Act.FIND_CASE) if stopped is FaultCode.TERMINAL_LOCKED else (Act.BEGIN_VISIT,)
        barred = {act: fault for act in acts if fault}
        journey = CITIZEN.journey_of(self.state.step)
        scene = Scene(self.state, journey, reports, online, ledger, 1, barred, fault)
        return Still(scene, notes or {})


def begun() -> Walk:
    """开办企业 was pressed."""
    return Walk().did(ev.NextAsked(), ev.VisitBegun(CASE, SLIP))


def laid(face: bool = True) -> Walk:
    """Consent given; the card was read."""
    return begun().did(ev.Consented(face), ev.CardRead(WANG))


_PORTRAIT = bytes(cv2.imencode(".bmp", np.full((126, 102, 3), 200, np.uint8))[1])  # as a decoder makes it, and nobody


def compared(likeness: Likeness | None, picture: bytes = _PORTRAIT) -> Walk:
    """The face was taken and held beside the card's picture; then somebody is asked to check in person."""
    taken = ev.FaceTaken(FaceShot(b"jpeg", 1.0, 0.5, likeness))
    no = ev.PersonVerified(Verification(VerificationId("V-1"), False))
    read = begun().did(ev.Consented(True), ev.CardRead(replace(WANG, portrait=picture)))
    return read.did(taken, no, ev.InPersonAsked(), ev.HelperInformed(True))


def beside(walk: Walk, *, signed_in: bool = True) -> Walk:
    """A helper lays the own card at the citizen's terminal and, ``signed_in``, has typed the PIN."""
    ref = StaffRef("0600")
    walk.did(ev.StaffCardPut(StaffCard(ref)))
    if not signed_in:
        return walk
    session = StaffSession(ref, "褚帮办", frozenset({"helper"}), TIME + timedelta(minutes=15))
    signed = ev.ChallengeSigned(SignedChallenge(ref, b"c" * 32, b"s" * 64))
    return walk.did(ev.PinEntered("1234"), signed, ev.StaffSignedIn(session))


def help_at(state: HelpState, version: int) -> ev.HelpChanged:
    """How the call stands to which the helper came."""
    number = HelpCallId("01JD9V6C3Q8T2M5N7P0R4S6W8H")
    return ev.HelpChanged(HelpCall(number, state, "褚帮办", None, version, StaffRef("0600")))


def joined() -> Walk:
    """The helper who is signed in has come to the call, as the platform says as well."""
    return beside(compared(Likeness.LIKELY)).did(help_at(HelpState.JOINED, 2))


STAFF_READER = (DeviceReport("staff_card_reader", DeviceKind.STAFF_CARD_READER, DeviceState.READY),)
DECODES = (
    DeviceReport(
        "id_card_reader", DeviceKind.ID_CARD_READER, DeviceState.READY,
        abilities=frozenset({Ability.DECODES_PORTRAITS}),
    ),
)  # fmt: skip


def seen() -> Event:
    """The authority says yes."""
    return ev.PersonVerified(Verification(VerificationId("V-1"), True, TIME + timedelta(days=30)))


def verified() -> Walk:
    """It is this person."""
    return laid().did(ev.FaceTaken(FaceShot(b"jpeg", 1.0, 0.5)), seen())


def purposed(partners: bool = False, licence: bool = False) -> Walk:
    """The plain questions are answered."""
    return verified().did(ev.PurposeChosen(answered(partners, licence)))


def answered(partners: bool = False, licence: bool = False) -> Said:
    """Answers to the plain questions; the licence alone leaves out what only the other items need."""
    who, when = "partners" if partners else "alone", "licence" if licence else "all"
    answers = {"who": who, "form": "company", "kind": "catering", "when": when, "staff": "none", "where": "here"}
    return {QuestionId(q): AnswerId(a) for q, a in answers.items() if q != "staff" or not licence}


def named(partners: bool = False) -> Walk:
    """The name is reserved."""
    name = CompanyName(trade="示例", industry="餐饮管理")
    return purposed(partners).did(ev.NameEntered(name), ev.NameJudged(RESERVED), ev.NextAsked())


def scoped(partners: bool = False) -> Walk:
    """The business is picked."""
    walk = named(partners).did(ev.ScopeTyped("餐饮"))
    return walk.did(ev.ScopeFound("餐饮", SCOPE), ev.ScopePicked(SCOPE[0]), ev.ScopePicked(SCOPE[1]), ev.NextAsked())


def housed(partners: bool = False) -> Walk:
    """The address is given."""
    place = Domicile(DivisionCode("500103"), "渝中区", "示例路 1 号 2-3", DomicileGetWay.RENTED)
    return scoped(partners).did(ev.AddressGiven(place))


def funded(partners: bool = False) -> Walk:
    """The capital is set."""
    return housed(partners).did(ev.CapitalSet(Decimal(100)))


def phoned() -> Walk:
    """One founder, everything there."""
    return funded().did(ev.PhoneGiven(PersonRef("p1"), "13800001234"))


def together() -> Walk:
    """Two founders, everything there."""
    walk = funded(partners=True).did(ev.PersonCardAsked(), ev.CardRead(LI), ev.FaceAgreed())
    walk.did(ev.FaceTaken(FaceShot(b"jpeg", 1.0, 0.5)), seen())
    return walk.did(ev.PhoneGiven(PersonRef("p1"), "13800001234"), ev.PhoneGiven(PersonRef("p2"), "13900005678"))


HALLS = (
    PickupHall(SiteId("cq-demo-01"), "示例区政务服务中心", "3 号窗口"),
    PickupHall(SiteId("cq-demo-02"), "示例区第二政务服务中心", "3 号窗口"),
)
FIRM, FIRM_CODE, FIRM_REF = "重庆示例投资控股有限公司", "91500103MA5U00003N", PersonRef("p2")


def with_firm() -> Walk:
    """A company is among the owners: the form asks for one."""
    name = CompanyName(trade="示例", industry="餐饮管理")
    said = {**answered(), QuestionId("who"): AnswerId("with_company")}
    walk = verified().did(ev.PurposeChosen(said), ev.NameEntered(name), ev.NameJudged(RESERVED), ev.NextAsked())
    walk.did(ev.ScopeTyped("餐饮"), ev.ScopeFound("餐饮", SCOPE), ev.ScopePicked(SCOPE[0]), ev.NextAsked())
    place = Domicile(DivisionCode("500103"), "渝中区", "示例路 1 号 2-3", DomicileGetWay.RENTED)
    return walk.did(ev.AddressGiven(place), ev.CapitalSet(Decimal(100)))


def firm_given() -> Walk:
    """The company is in, nobody signs for it yet."""
    return with_firm().did(ev.PhoneGiven(PersonRef("p1"), "13800001234"), ev.CompanyGiven(None, FIRM, FIRM_CODE))


def firm_signed_for() -> Walk:
    """Somebody authorised laid the card for it and was checked."""
    walk = firm_given().did(ev.SignerCardAsked(ev.SignerRight(FIRM_REF, SignsAs.AUTHORISED, "赵示例")))
    return walk.did(ev.CardRead(LI), ev.FaceAgreed(), ev.FaceTaken(FaceShot(b"jpeg", 1.0, 0.5)), seen())


def agreed(walk: Walk) -> Walk:
    """The items beside the registration, each as it is proposed."""
    if walk.state.step == "tax_and_invoice":
        walk.did(ev.InvoiceModeTold(InvoiceMode.DEVICE))
    while walk.state.step in ("tax_and_invoice", "seals", "employment_insurance", "bank_appointment"):
        before = walk.state.step
        walk.did(ev.NextAsked())
        assert walk.state.step != before
    assert walk.state.step == "pick_up"
    return walk.did(ev.HallsFound(HALLS), ev.NextAsked())


NEED = "domicile_proof"
PUT_OFF = (ev.LaterChosen(NEED), ev.NextAsked())  # the papers come later
DESK = (DeviceReport("kiosk.document_camera", DeviceKind.DOCUMENT_CAMERA, DeviceState.READY),)


def page() -> PageShot:
    """A sheet as the camera gives it."""
    sheet = np.full((640, 460, 3), 243, np.uint8)
    for row in range(60, 600, 30):
        sheet[row : row + 8, 40 : 420 - row % 70] = 60
    return PageShot(cv2.imencode(".jpg", sheet)[1].tobytes(), 460, 640, 900.0)


def asked_for_papers() -> Walk:
    """One founder and everything filled in: what has still to be brought."""
    return agreed(phoned().did(ev.NextAsked()))


def photographed(pages: int = 1) -> Walk:
    """A lease lay under the camera."""
    walk = asked_for_papers().did(ev.CaptureAsked(NEED, "lease_contract"), ev.PageTaken(page()))
    for _ in range(pages - 1):
        walk.did(ev.PageMoreAsked(), ev.PageTaken(page()))
    return walk


def with_papers(walk: Walk, *codes: str, source: MaterialSource = MaterialSource.SCANNED) -> Walk:
    """What the ledger says of the case once these are in."""
    papers = tuple(HeldMaterial(code, source, id=MaterialId(code), pages=2) for code in codes)
    now = OpeningCase(CASE, SLIP, walk.state.form, CaseState.DRAFT, 3, materials=papers)
    return walk.did(ev.CaseChanged(now, (), True))


def handed_in() -> Walk:
    """Used, kept, and told by the ledger."""
    walk = photographed(2).did(ev.PagesUsed(), ev.PagesBound(BoundPages(b"%PDF", "application/pdf", 2)))
    return with_papers(walk.did(ev.MaterialKept()), "lease_contract")


def by_phone() -> Walk:
    """The code for a phone stands on the screen."""
    link = UploadLink(
        "lease_contract", "https://opening.example/phone/upload/" + "A" * 43, TIME + timedelta(minutes=15)
    )
    return asked_for_papers().did(ev.PhoneAsked(NEED, "lease_contract"), ev.UploadLinkMade(link))


AWAY = ev.AbsentGiven(None, "李示例", LI.number, "13900005678")


SOCIAL = ev.SocialCardRead(SocialCard("赵示例", "500103199011030015", date(2039, 7, 31)))  # in the field, as if typed
CHIP = (DeviceReport("social_card_reader", DeviceKind.SOCIAL_CARD_READER, DeviceState.READY),)
CHIP_GONE = (DeviceReport("social_card_reader", DeviceKind.SOCIAL_CARD_READER, DeviceState.ABSENT),)


def chip_asked() -> Walk:
    """A second founder is named, by the social-security card."""
    return funded(partners=True).did(ev.SocialCardAsked())


def chip_said(code: FaultCode, details: Mapping[str, str]) -> Still:
    """What is wrong with the card, or with its reader."""
    failed = ev.DeviceFailed(DeviceKind.SOCIAL_CARD_READER, Fault(code, details))
    return chip_asked().did(failed).still({"edit": "new.away"}, reports=CHIP)


def with_absent() -> Walk:
    """Two founders; the second one is not here."""
    return funded(partners=True).did(ev.PhoneGiven(PersonRef("p1"), "13800001234"), AWAY)


def awaited(state: SigningState = SigningState.WAITING, *, live: bool = True) -> Walk:
    """Whoever is here has signed; how it stands with the other, the platform says."""
    walk = agreed(with_absent().did(ev.NextAsked())).did(*PUT_OFF, ev.NextAsked())
    walk.did(ev.SignatureDrawn(PersonRef("p1"), PNG))
    walk.did(ev.SignatureKept(PersonRef("p1"), BlobId("ab" * 32)))
    until = TIME + timedelta(hours=72) if state is SigningState.INVITED else None
    there = SignerNow(PersonRef("p2"), state, state is SigningState.SIGNED, TIME, until)
    now = OpeningCase(CASE, SLIP, walk.state.form, CaseState.SIGNING, 4, signers=(there,))
    return walk.did(ev.CaseChanged(now, (), live))


def link_shown() -> Walk:
    """The link for whoever is not here, on the screen."""
    address = "https://opening.example/phone/sign/" + "A" * 43
    link = SigningLink(PersonRef("p2"), address, TIME + timedelta(hours=72))
    return awaited().did(ev.LinkAsked(PersonRef("p2")), ev.SigningLinkMade(link))


def firm_ready() -> Walk:
    """A company among the owners: its signer's authority was photographed, the rest comes later."""
    walk = with_papers(agreed(firm_signed_for().did(ev.NextAsked())), "shareholder_authorisation")
    return walk.did(ev.LaterChosen(NEED), ev.LaterChosen("shareholder_licence"), ev.NextAsked())


def checked() -> Walk:
    """On the check page, nothing to mend."""
    return agreed(together().did(ev.NextAsked())).did(*PUT_OFF)


def wrong() -> Walk:
    """On the check page with two things to mend: filled in without a network, and a phone number was forgotten."""
    name = CompanyName(trade="示例", industry="餐饮管理")
    walk = purposed().did(ev.NameEntered(name), ev.PlatformFailed(Fault(FaultCode.PLATFORM_OFFLINE)), ev.NextAsked())
    walk.did(ev.ScopeTyped("餐饮"), ev.ScopeFound("餐饮", SCOPE), ev.ScopePicked(SCOPE[0]), ev.NextAsked())
    place = Domicile(DivisionCode("500103"), "渝中区", "示例路 1 号 2-3", DomicileGetWay.RENTED)
    walk.did(ev.AddressGiven(place), ev.CapitalSet(Decimal("50.5")), ev.NextAsked())
    return agreed(walk).did(*PUT_OFF)


def signing() -> Walk:
    """The first signature is due."""
    return checked().did(ev.NextAsked())


def signed() -> Walk:
    """Everybody has signed."""
    walk = signing()
    for ref in ("p1", "p2"):
        walk.did(ev.SignatureDrawn(PersonRef(ref), PNG), ev.SignatureKept(PersonRef(ref), BlobId("ab" * 32)))
    return walk


def ready() -> Walk:
    """Before the one submission; there is paper."""
    return signed().did(ev.NextAsked(), ev.PaperLooked(Supply.FULL))


def deed(verdict: Verdict, fault: Fault | None = None) -> DeedStatus:
    """The outbox's word about the submission."""
    settled = TIME + timedelta(minutes=17, seconds=3) if verdict is not Verdict.WAITING else None
    return DeedStatus("d1", verdict, TIME + timedelta(minutes=17), settled, settled, fault)


def recorded() -> Walk:
    """Submitted; safe on this machine."""
    return ready().did(ev.SubmitAsked(), ev.DeedRecorded(deed(Verdict.WAITING)))


def case(walk: Walk, state: CaseState, **more: Any) -> OpeningCase:
    """The case as the platform has it."""
    return OpeningCase(CASE, SLIP, walk.state.form, state, 3, CaseNo("CQ-2026-0001"), **more)


def sent() -> Walk:
    """On the platform."""
    walk = recorded()
    return walk.did(ev.CaseChanged(case(walk, CaseState.SUBMITTED), (deed(Verdict.ACCEPTED),), True))


def accepted_case(walk: Walk, state: CaseState = CaseState.ACCEPTED) -> OpeningCase:
    """The case after 受理, with promises and what happened so far."""
    hour = timedelta(hours=1)
    steps = {
        CaseState.ACCEPTED: (ItemState.IN_REVIEW, ItemState.PENDING, ItemState.PENDING, ItemState.PENDING),
        CaseState.PREPARING: (ItemState.APPROVED, ItemState.PREPARING, ItemState.PREPARED, ItemState.DONE),
        CaseState.READY: (ItemState.PREPARED, ItemState.PREPARED, ItemState.PREPARED, ItemState.DONE),
    }[state]
    others = {CaseState.ACCEPTED: ItemState.PENDING, CaseState.PREPARING: ItemState.IN_REVIEW}  # fund and bank
    all_of_them = (*steps, *[others.get(state, ItemState.DONE)] * 2)
    chosen = walk.state.form.items
    items = tuple(ItemProgress(item, all_of_them[n], TIME + 26 * hour) for n, item in enumerate(chosen))
    timeline = (
        TimelineEntry(TIME + timedelta(minutes=17), "CASE", "SUBMITTED"),
        TimelineEntry(TIME + timedelta(minutes=18), "CASE", "ACCEPTED"),
        TimelineEntry(TIME + timedelta(minutes=19), Item.SETUP.value, steps[0].value),
    )
    return case(
        walk, state, items=items, timeline=timeline, accepted_at=TIME + timedelta(minutes=18),
        due_at=TIME + 31 * hour, pickup_window="3 号窗口",
    )  # fmt: skip


def accepted() -> Walk:
    """Accepted at the window."""
    walk = recorded()
    return walk.did(ev.CaseChanged(accepted_case(walk), (deed(Verdict.ACCEPTED),), True))


def refused() -> Walk:
    """The platform did not take it."""
    walk = recorded()
    fault = Fault(FaultCode.PLATFORM_REFUSED)
    return walk.did(ev.CaseChanged(case(walk, CaseState.DRAFT), (deed(Verdict.REFUSED, fault),), True))


def tracked(state: CaseState) -> Walk:
    """Somebody came back, laid the card, and it is theirs."""
    form = checked()
    found = accepted_case(form, state) if state in (CaseState.PREPARING, CaseState.READY) else case(form, state)
    return sought(found).did(ev.FaceAgreed(), ev.FaceTaken(FaceShot(b"jpeg", 1.0, 0.5)), seen())


def sought(*found: OpeningCase) -> Walk:
    """The card found these; whose card it is, is not known yet."""
    return Walk().did(ev.TrackAsked(), ev.CardRead(WANG), ev.CasesFound(found))


def gone(kind: DeviceKind, code: FaultCode) -> tuple[DeviceReport, ...]:
    """One device that is not there."""
    return (DeviceReport(f"kiosk.{kind.value}", kind, DeviceState.ABSENT, fault=Fault(code)),)


def helped(state: HelpState, walk: Walk, minutes: int | None = 2) -> Walk:
    """Somebody answered the call."""
    call = HelpCall(HelpCallId("01JD9V6C3Q8T2M5N7P0R4S6W8H"), state, "褚帮办", minutes)
    return walk.did(ev.HelpCalled(), ev.HelperInformed(True), ev.HelpChanged(call))


def stills() -> dict[str, Still]:
    """Every face that a person may meet, by name."""
    from .individual_walk import stills as individual_stills  # which walks on from here
    from .later_walk import stills as later_stills
    from .outside_walk import stills as outside_stills
    from .resume_walk import stills as resume_stills
    from .service_walk import stills as service_stills
    from .wish_walk import stills as wish_stills

    fault = Fault
    reader = gone(DeviceKind.ID_CARD_READER, FaultCode.ID_CARD_READER_ABSENT)
    camera = gone(DeviceKind.FACE_CAMERA, FaultCode.CAMERA_ABSENT)
    typed_name = {"trade": "示例", "industry": "餐饮管理"}
    failed = ev.DeviceFailed(DeviceKind.ID_CARD_READER, fault(FaultCode.CARD_READ_FAILED))
    no_paper = ev.DeviceFailed(DeviceKind.RECEIPT_PRINTER, fault(FaultCode.PAPER_OUT))
    name = ev.NameEntered(CompanyName(trade="示例", industry="餐饮管理"))
    similar = NameVerdict("SIMILAR", ("重庆示例餐饮服务有限公司",), ("与已登记的名称近似",))
    two = funded(partners=True)
    second = funded(partners=True).did(ev.PersonCardAsked(), ev.CardRead(LI))
    return {
        "home": Walk().still(),
        "home-offline": Walk().still(online=False),
        "home-no-reader": Walk().still(reports=reader),
        "home-locked": Walk().still(locked=fault(FaultCode.STORE_LOCKED)),
        "home-read-only": Walk().still(stopped=FaultCode.TERMINAL_READ_ONLY),
        "home-stopped": Walk().still(stopped=FaultCode.TERMINAL_LOCKED),
        "home-helper-coming": helped(HelpState.ANSWERED, Walk()).still(),
        "choose_purpose-helper": helped(HelpState.JOINED, verified()).still(),
        "verify_face-helper": helped(HelpState.ANSWERED, laid().did(ev.InPersonAsked()), None).still(),
        "give_consent-not-withdrawn": helped(HelpState.ANSWERED, begun()).did(
            ev.HelpNotNeeded(), ev.CallNotWithdrawn()
        ).still(),
        "home-withdrawing": helped(HelpState.OPEN, Walk()).did(ev.HelpNotNeeded()).still(),
        "home-helper": Walk().did(ev.HelpCalled(), ev.HelperInformed(True)).still(),
        "give_consent": begun().still(),
        "give_consent-read-only": begun().still(stopped=FaultCode.TERMINAL_READ_ONLY),
        "give_consent-picked": begun().still({"face": "face"}),
        "present_id_card": begun().did(ev.Consented(True)).still(),
        "present_id_card-failed": begun().did(ev.Consented(True), failed).still(),
        "present_id_card-expired": begun().did(ev.Consented(True), ev.CardRead(OLD)).still(),
        "present_id_card-without": begun().did(ev.Consented(True)).still({"without": "yes"}),
        "verify_face": laid().still(),
        "verify_face-choose": laid(face=False).still(),
        "verify_face-no-camera": laid(face=False).still(reports=camera),
        "verify_face-checking": laid().did(ev.FaceTaken(FaceShot(b"jpeg", 1.0, 0.5))).still(),
        "verify_face-in-person": laid().did(ev.InPersonAsked(), ev.HelperInformed(True)).still(),
        "verify_face-staff-card": laid().did(ev.InPersonAsked(), ev.HelperInformed(True)).still(reports=STAFF_READER),
        "confirm_in_person-pin": beside(compared(Likeness.LIKELY), signed_in=False).still({"pin": "123"}),
        "confirm_in_person-wrong": beside(compared(Likeness.LIKELY), signed_in=False).did(
            ev.PinEntered("1234"), ev.DeviceFailed(DeviceKind.STAFF_CARD_READER, fault(FaultCode.PIN_WRONG))
        ).still(),
        **{f"confirm_in_person-{one.value}": beside(compared(one)).still(reports=DECODES) for one in Likeness},
        "confirm_in_person-no-picture": beside(compared(None, b"")).still(reports=DECODES),
        "confirm_in_person-sending": beside(compared(None, b"")).did(ev.PersonConfirmedHere()).still(),
        "confirm_in_person-joined": joined().still(reports=DECODES),
        "verify_face-gone": joined().did(ev.StaffLeft(), help_at(HelpState.DONE, 3)).still(reports=STAFF_READER),
        "verify_face-not-confirmed": beside(compared(None)).did(ev.PersonNotConfirmed()).still(reports=STAFF_READER),
        "verify_face-alone": laid().did(ev.InPersonAsked(), ev.HelperInformed(False)).still(),
        "verify_face-failed": laid().did(
            ev.DeviceFailed(DeviceKind.FACE_CAMERA, fault(FaultCode.NO_GOOD_PICTURE))
        ).still(),
        "verify_face-second": second.still(),
        "verify_face-card-left": laid().did(ev.CardLeft()).still(),
        "choose_purpose": verified().still(),
        "choose_purpose-kind": verified().still({"ask": "kind", "who": "alone", "form": "company"}),
        "choose_purpose-when": verified().still({"ask": "when", "who": "alone", "form": "company", "kind": "other"}),
        "choose_purpose-plan": verified().still({**answered(partners=True), "staff": "some", "ask": "plan"}),
        "choose_purpose-why": verified().still({**answered(partners=True), "ask": "plan", "why": "form"}),
        "choose_purpose-direct": verified().still({"ask": "direct"}),
        "choose_purpose-place": verified().still({"ask": "place", "who": "abroad", "why": "place"}),
        "choose_purpose-changing": wrong().did(ev.ChangeAsked("choose_purpose")).still(),
        "declare_name": purposed().still(),
        "declare_name-typed": purposed().still(typed_name),
        "declare_name-checking": purposed().did(name).still(),
        "declare_name-free": purposed().did(name, ev.NameJudged(RESERVED)).still(),
        "declare_name-similar": purposed().did(name, ev.NameJudged(similar)).still(),
        "declare_name-precheck": purposed().still({"trade": "中国火锅第一", "industry": "餐饮管理"}),
        "declare_name-alike": purposed().did(name, ev.NameJudged(similar)).still({"trade": "事力"}),
        "declare_name-offline": purposed().did(
            name, ev.PlatformFailed(fault(FaultCode.PLATFORM_OFFLINE))
        ).still(online=False),
        "describe_business": named().did(ev.ScopeTyped(""), ev.ScopeFound("", SCOPE)).still(),
        "describe_business-picked": named().did(
            ev.ScopeTyped("餐饮"), ev.ScopeFound("餐饮", SCOPE), ev.ScopePicked(SCOPE[0]), ev.ScopePicked(SCOPE[1])
        ).still({"typed": "餐饮"}),
        "describe_business-nothing": named().did(
            ev.ScopeTyped("xqz"), ev.ScopeFound("xqz", ())
        ).still({"typed": "xqz"}),
        "describe_business-permit": named().did(
            ev.ScopeTyped("出版"), ev.ScopeFound("出版", (PRESS,)), ev.ScopePicked(PRESS)
        ).still({"typed": "出版"}),
        "give_address": scoped().still(),
        "give_address-line": scoped().still({"part": "line", "division": "500241", "line": "示例路 1 号"}),
        "give_address-way": scoped().still(
            {"part": "way", "division": "500103", "line": "示例路 1 号 2-3", "way": "02"}
        ),
        "set_capital": housed().still(),
        "set_capital-typed": housed().still({"amount": "100"}),
        "set_capital-unit": housed().still({"amount": "1000000"}),
        "set_capital-wrong": housed().still({"amount": "1.2345678"}),
        "name_people": phoned().still(),
        "name_people-lacking": two.still(),
        "name_people-two": together().still(),
        "name_people-card": funded(partners=True).did(ev.PersonCardAsked()).still(),
        "name_people-twice": funded(partners=True).did(ev.PersonCardAsked(), ev.CardRead(WANG)).still(),
        "name_people-roles": together().still({"edit": "p2.roles"}),
        "name_people-share": together().still({"edit": "p2.share", "share": "40"}),
        "name_people-due": together().still({"edit": "p2.due"}),
        "name_people-due-turned": together().still({"edit": "p2.due", "due": "2027-11-23"}),
        "name_people-phone": together().still({"edit": "p1.phone", "phone": "138000012"}),
        "name_people-firm-wanted": with_firm().still(),
        "name_people-firm-new": with_firm().still({"uscc": "91500103MA", "edit": "new.company"}),
        "name_people-firm-wrong": with_firm().still({"uscc": "91500103MA5U00003M", "edit": "new.company"}),
        "name_people-firm-name": with_firm().still(
            {"uscc": FIRM_CODE, "company": FIRM, "firm_part": "name", "edit": "new.company"}
        ),
        "name_people-firm": firm_given().still(),
        "name_people-firm-mend": firm_given().still({"edit": "p2.company"}),
        "name_people-firm-signer": firm_given().still({"edit": "p2.signer"}),
        "name_people-firm-authorised": firm_signed_for().still({"edit": "p2.signer"}),
        "name_people-firm-card": firm_given().did(
            ev.SignerCardAsked(ev.SignerRight(FIRM_REF, SignsAs.LEGAL_REP))
        ).still(),
        "name_people-firm-ready": firm_signed_for().still(),
        "name_people-firm-noted": together().did(
            ev.CompanyGiven(None, FIRM, FIRM_CODE), ev.ShareSet(PersonRef("p3"), Decimal(80))
        ).still(),
        "verify_face-firm": firm_given().did(
            ev.SignerCardAsked(ev.SignerRight(FIRM_REF, SignsAs.LEGAL_REP)), ev.CardRead(LI)
        ).still(),
        "collect_materials": asked_for_papers().still(reports=DESK),
        "collect_materials-paper": asked_for_papers().still({"need": NEED}, reports=DESK),
        "collect_materials-paper-offline": asked_for_papers().still({"need": NEED}, reports=DESK, online=False),
        "collect_materials-no-camera": asked_for_papers().still({"need": NEED}),
        "collect_materials-camera": asked_for_papers().did(
            ev.CaptureAsked(NEED, "lease_contract")
        ).still(reports=DESK),
        "collect_materials-unclear": asked_for_papers().did(
            ev.CaptureAsked(NEED, "lease_contract"),
            ev.DeviceFailed(DeviceKind.DOCUMENT_CAMERA, fault(FaultCode.NO_GOOD_PAGE)),
        ).still(reports=DESK),
        "collect_materials-page": photographed().still(reports=DESK),
        "collect_materials-keeping": photographed(2).did(ev.PagesUsed()).still(reports=DESK),
        "collect_materials-phone": by_phone().still(reports=DESK),
        "collect_materials-phone-making": asked_for_papers().did(ev.PhoneAsked(NEED, "lease_contract")).still(),
        "collect_materials-phone-failed": asked_for_papers().did(
            ev.PhoneAsked(NEED, "lease_contract"), ev.PlatformFailed(fault(FaultCode.NEEDS_NETWORK))
        ).still(online=False),
        "collect_materials-arrived": with_papers(by_phone(), "lease_contract", source=MaterialSource.PHONE).still(),
        "collect_materials-later": asked_for_papers().did(ev.LaterChosen(NEED)).still(reports=DESK),
        "collect_materials-firm": agreed(firm_signed_for().did(ev.NextAsked())).still(reports=DESK),
        "check_answers-handed-in": handed_in().did(ev.NextAsked()).still(),
        "check_answers-firm": firm_ready().still(),
        "sign-firm": firm_ready().did(
            ev.NextAsked(), ev.SignatureDrawn(PersonRef("p1"), PNG),
            ev.SignatureKept(PersonRef("p1"), BlobId("ab" * 32)),
        ).still(),
        "name_people-absent": with_absent().still(),
        "name_people-absent-name": funded(partners=True).still({"edit": "new.away", "away_name": "赵示例"}),
        "name_people-absent-number": funded(partners=True).still(
            {"away_name": "赵示例", "away_number": "50010319901103", "away_part": "number", "edit": "new.away"}
        ),
        "name_people-absent-wrong": funded(partners=True).still(
            {"away_name": "赵示例", "away_number": "500103199011030032", "away_part": "number", "edit": "new.away"}
        ),
        "name_people-absent-phone": funded(partners=True).still(
            {"away_number": LI.number, "away_phone": "139", "away_part": "phone", "edit": "new.away"}
        ),
        "name_people-social-offered": funded(partners=True).still({"edit": "new.away"}, reports=CHIP),
        "name_people-social-off": funded(partners=True).still({"edit": "new.away"}, reports=CHIP_GONE),
        "name_people-social-wait": chip_asked().still({"edit": "new.away"}, reports=CHIP),
        "name_people-social-wrong": chip_said(FaultCode.WRONG_CARD, {"is": "staff_card"}),
        "name_people-social-other": chip_said(FaultCode.WRONG_CARD, {"is": "unknown"}),
        "name_people-social-pin": chip_said(FaultCode.CARD_READ_FAILED, {"sw": "6982"}),
        "name_people-social-worn": chip_said(FaultCode.CARD_DATA_INVALID, {}),
        "name_people-social-gone": chip_said(FaultCode.SMART_CARD_READER_ABSENT, {}),
        "name_people-social-name": chip_asked().did(SOCIAL).still({"edit": "new.away"}, reports=CHIP),
        "name_people-social-number": chip_asked().did(SOCIAL).still(
            {"edit": "new.away", "away_part": "number"}, reports=CHIP
        ),
        "name_people-social-left": chip_asked().did(
            SOCIAL, ev.CardLeft(DeviceKind.SOCIAL_CARD_READER)
        ).still({"edit": "new.away", "away_part": "phone"}, reports=CHIP),
        "name_people-abroad": funded(partners=True).still({"away_part": "abroad", "edit": "new.away"}),
        "sign-away": agreed(with_absent().did(ev.NextAsked())).did(*PUT_OFF, ev.NextAsked()).still(),
        "sign-waiting": awaited().still(),
        "sign-invited": awaited(SigningState.INVITED).still(),
        "sign-changed": awaited(SigningState.CHANGED).still(),
        "sign-expired": awaited(SigningState.EXPIRED).still(),
        "sign-link": link_shown().still(),
        "sign-link-refused": awaited().did(
            ev.LinkAsked(PersonRef("p2")), ev.PlatformFailed(fault(FaultCode.SIGNING_LINK_REFUSED))
        ).still(),
        "sign-all": awaited(SigningState.SIGNED).still(),
        "check_answers": checked().still(),
        "check_answers-wrong": wrong().still(),
        "sign": signing().still(),
        "sign-second": signing().did(
            ev.SignatureDrawn(PersonRef("p1"), PNG), ev.SignatureKept(PersonRef("p1"), BlobId("ab" * 32))
        ).still(),
        "sign-done": signed().still(),
        "submit": ready().still(),
        "submit-no-paper": signed().did(ev.NextAsked(), no_paper).still(),
        "submit-recorded": recorded().still(),
        "submit-offline": recorded().still(online=False),
        "submit-sent": sent().still(),
        "submit-accepted": accepted().still(),
        "submit-refused": refused().still(),
        "take_receipt": accepted().did(ev.NextAsked()).still(),
        "take_receipt-done": accepted().did(ev.NextAsked(), ev.ReceiptDone(Printed.PRINTED)).still(),
        "take_receipt-unsure": accepted().did(ev.NextAsked(), ev.ReceiptDone(Printed.UNKNOWN)).still(),
        "take_receipt-no-paper": sent().did(ev.NextAsked(), no_paper).still(),
        "see_progress": sent().did(ev.NextAsked(), ev.ReceiptDone(Printed.PRINTED), ev.NextAsked()).still(),
        "see_progress-working": tracked(CaseState.PREPARING).still(),
        "see_progress-ready": tracked(CaseState.READY).still(),
        "see_progress-returned": tracked(CaseState.RETURNED).still(),
        "see_progress-draft": tracked(CaseState.DRAFT).still(),
        "see_progress-closed": tracked(CaseState.CLOSED).still(online=False),
        "verify_face-progress": sought(case(together(), CaseState.SUBMITTED)).still(),
        "verify_face-progress-offline": sought(case(together(), CaseState.SUBMITTED)).still(online=False),
        "find_my_case-offline": Walk().did(ev.TrackAsked()).still(online=False),
        "find_my_case": Walk().did(ev.TrackAsked()).still(),
        "find_my_case-typed": Walk().did(ev.TrackAsked()).still({"code": "K7P428"}),
        "find_my_case-unknown": Walk().did(ev.TrackAsked(), ev.CodeTyped("xxx")).still({"code": "xxx"}),
        "rate": sent().did(ev.NextAsked(), ev.ReceiptDone(Printed.PRINTED), ev.NextAsked(), ev.NextAsked()).still(),
        "farewell": sent().did(
            ev.NextAsked(), ev.ReceiptDone(Printed.PRINTED), ev.NextAsked(), ev.NextAsked(), ev.Rated(5)
        ).still(),
        "farewell-kept": purposed().did(ev.LeaveAsked()).still(),
        **resume_stills(),
        **individual_stills(),
        **outside_stills(),
        **service_stills(),
        **later_stills(),
        **wish_stills(),
        "idle": purposed().did(ev.IdleWarned()).still(),
        "leaving": purposed().still({"leaving": "yes"}),
    }  # fmt: skip
