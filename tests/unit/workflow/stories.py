"""Events of a whole visit, as a person, a reader and the platform would cause them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from kiosk.code_tables.guide_tables import AnswerId, QuestionId
from kiosk.contracts.central_platform import Verification
from kiosk.contracts.device import Supply
from kiosk.contracts.face_camera import FaceShot
from kiosk.contracts.ledger import DeedStatus, Verdict
from kiosk.contracts.printing import Printed
from kiosk.domain.case import (
    CaseState,
    CompanyName,
    Domicile,
    DomicileGetWay,
    NameVerdict,
    OpeningCase,
    PermitDuty,
    ScopePick,
)
from kiosk.domain.identity_card import CardKind, IdentityCard
from kiosk.domain.ids import BlobId, CaseId, DivisionCode, PersonRef, ScopeCode, SiteId, SlipCode, VerificationId
from kiosk.domain.item import InvoiceMode
from kiosk.domain.offer import PickupHall
from kiosk.rules.resident_id import check_digit
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Visit

NOW = datetime(2026, 11, 23, 10, 24, tzinfo=ZoneInfo("Asia/Shanghai"))
CASE = CaseId("01JDA000000000000000000000")
SLIP = SlipCode("K7P-428")


HALL = PickupHall(SiteId("cq-demo-01"), "示例区政务服务中心", "3 号窗口")


def number(first17: str) -> str:
    return first17 + check_digit(first17)


def card(
    name: str = "王测试", first17: str = "50010319850412002", until: date | None = date(2040, 1, 1)
) -> IdentityCard:
    born = date(int(first17[6:10]), int(first17[10:12]), int(first17[12:14]))
    return IdentityCard(
        CardKind.RESIDENT, name, "2", "01", born, "重庆市渝中区示例路 1 号", number(first17),
        "重庆市公安局渝中区分局", date(2020, 1, 1), until, b"",
    )  # fmt: skip


WANG, LI = card(), card("李示例", "50010319901103001")
VERDICT = NameVerdict("AVAILABLE", reserve_no="R-1", reserved_until=NOW + timedelta(days=60))
DINING = ScopePick(ScopeCode("H6210"), "餐饮服务", PermitDuty.AFTER, "开业前办食品经营许可", "6210")
SAID = {
    QuestionId(q): AnswerId(a)
    for q, a in (("who", "partners"), ("form", "company"), ("kind", "catering"), ("when", "all"))
}
PLACE = Domicile(DivisionCode("500103"), "渝中区", "示例路 1 号 2-3", DomicileGetWay.RENTED)


def verified(ref: str) -> Event:
    return ev.PersonVerified(Verification(VerificationId(f"V-{ref}"), True, NOW + timedelta(hours=8)))


def until_purpose() -> list[Event]:
    return [
        ev.NextAsked(),
        ev.VisitBegun(CASE, SLIP),
        ev.Consented(True),
        ev.CardRead(WANG),
        ev.FaceTaken(FaceShot(b"jpeg", 100.0, 120.0)),
        verified("p1"),
    ]


def until_people() -> list[Event]:
    return [
        *until_purpose(),
        ev.PurposeChosen(SAID),
        ev.NameEntered(CompanyName(trade="示例", industry="餐饮管理")),
        ev.NameJudged(VERDICT),
        ev.NextAsked(),
        ev.ScopePicked(DINING),
        ev.NextAsked(),
        ev.AddressGiven(PLACE),
        ev.CapitalSet(Decimal(100)),
    ]


def until_check() -> list[Event]:
    return [
        *until_people(),
        ev.PersonCardAsked(),
        ev.CardRead(LI),
        ev.FaceAgreed(),
        ev.FaceTaken(FaceShot(b"jpeg", 100.0, 120.0)),
        verified("p2"),
        ev.PhoneGiven(PersonRef("p1"), "13800001234"),
        ev.NextAsked(),
        *the_items(),
        ev.LaterChosen("domicile_proof"),
        ev.NextAsked(),
    ]


def the_items() -> list[Event]:
    """Invoices, seals, insurance, no bank, this hall: everything as it is proposed to a company."""
    return [
        ev.InvoiceModeTold(InvoiceMode.DEVICE),
        *[ev.NextAsked()] * 4,
        ev.HallsFound((HALL,)),
        ev.NextAsked(),
    ]


def until_submit() -> list[Event]:
    return [
        *until_check(),
        ev.NextAsked(),
        ev.SignatureDrawn(PersonRef("p1"), b"png"),
        ev.SignatureKept(PersonRef("p1"), BlobId("a" * 64)),
        ev.SignatureDrawn(PersonRef("p2"), b"png"),
        ev.SignatureKept(PersonRef("p2"), BlobId("b" * 64)),
        ev.NextAsked(),
        ev.PaperLooked(Supply.FULL),
    ]


def recorded(verdict: Verdict = Verdict.WAITING, settled: datetime | None = None) -> DeedStatus:
    return DeedStatus("deed-1", verdict, NOW, None, settled)


def until_receipt() -> list[Event]:
    return [*until_submit(), ev.SubmitAsked(), ev.DeedRecorded(recorded()), ev.NextAsked()]


def until_progress() -> list[Event]:
    return [*until_receipt(), ev.ReceiptDone(Printed.PRINTED), ev.NextAsked()]


def submitted_case(visit: Visit, state: CaseState) -> OpeningCase:
    accepted = NOW if state is CaseState.ACCEPTED else None
    return replace(OpeningCase(CASE, SLIP, visit.form), state=state, version=2, accepted_at=accepted)
