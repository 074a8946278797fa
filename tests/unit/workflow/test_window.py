"""The window's journeys, walked on their real tables: sign-in, intake, hand-over."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.contracts.central_platform import StaffSession, Verification
from kiosk.contracts.code_scanner import Scan, Symbology
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.ledger import DecideAcceptance, RecordHandover
from kiosk.contracts.printing import Printed
from kiosk.contracts.smart_card import SignedChallenge, StaffCard
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus
from kiosk.domain.article import Article, ArticleKind, ArticleState, SealUse
from kiosk.domain.case import CaseState, OpeningCase
from kiosk.domain.handover import Handover, HandoverLine, HandoverState, Match, Permit
from kiosk.domain.ids import (
    ArticleId,
    BatchId,
    BlobId,
    HandoverId,
    PermitId,
    PersonRef,
    StaffRef,
    UnitId,
    VerificationId,
)
from kiosk.domain.item import Item
from kiosk.domain.paper import Grid
from kiosk.faults import Fault, FaultCode
from kiosk.rules.documents import samples
from kiosk.rules.documents.sheet import copies_of
from kiosk.rules.slip_code import slip_payload
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, check_of
from kiosk.workflow.hand_over import permit_holds
from kiosk.workflow.machine import Effect, Event, advance, begin
from kiosk.workflow.window import WINDOW

from . import stories as tell
from .test_open_business import walk as walk_citizen

STAFF = StaffSession(StaffRef("0317"), "周示例", frozenset({"clerk"}), tell.NOW + timedelta(hours=8))
USCC = "91500103MA5U00003N"


def walk(events: Iterable[Event], desk: Desk | None = None) -> tuple[Desk, list[Effect]]:
    done: list[Effect] = []
    if desk is None:
        desk, effects = begin(WINDOW, Desk(tell.NOW))
        done += effects
    for event in events:
        desk, effects = advance(WINDOW, desk, event)
        done += effects
    return desk, done


def case(state: CaseState) -> OpeningCase:
    visit, _ = walk_citizen(tell.until_submit())
    return replace(tell.submitted_case(visit, state), uscc=USCC, articles=ARTICLES, version=7)


def unit(n: int, kind: ArticleKind, item: Item, serial: str, use: SealUse | None = None) -> Article:
    return Article(
        ArticleId(f"A{n}"), kind, item, ArticleState.PREPARED, serial, use, UnitId(f"{kind.value}-{serial}")
    )


ARTICLES = (
    unit(1, ArticleKind.LICENCE_ORIGINAL, Item.SETUP, "00123456"),
    unit(2, ArticleKind.LICENCE_COPY, Item.SETUP, "00123457"),
    unit(3, ArticleKind.SEAL, Item.SEAL, "5001030000101", SealUse.COMPANY),
    Article(
        ArticleId("A4"), ArticleKind.INVOICE_VOLUME, Item.INVOICE, ArticleState.PREPARED, "0361", None, None,
        BatchId("B-1"), 3612001, 25,
    ),
    unit(5, ArticleKind.TAX_DEVICE, Item.INVOICE, "661234567890"),
)  # fmt: skip


def prepared(minutes: int = 20) -> Handover:
    lines = tuple(HandoverLine(a.id, a.unit_id, a.batch_id, a.first_no, a.count) for a in ARTICLES)
    permit = Permit(PermitId("P"), b"payload", b"sig", tell.NOW + timedelta(minutes=minutes))
    return Handover(HandoverId("H"), tell.CASE, HandoverState.PREPARED, 1, lines, permit)


def scan(text: str) -> Event:
    return ev.CodeScanned(Scan(text.encode(), text, Symbology.CODE128))


def signed_in() -> list[Event]:
    return [
        ev.StaffCardPut(StaffCard(StaffRef("0317"))),
        ev.PinEntered("135790"),
        ev.ChallengeSigned(SignedChallenge(StaffRef("0317"), b"c" * 32, b"s" * 64)),
        ev.StaffSignedIn(STAFF),
    ]


def until_bundle() -> list[Event]:
    return [
        *signed_in(),
        ev.CardRead(tell.WANG),
        ev.CasesFound((case(CaseState.READY),)),
        ev.RecipientConfirmed(),
        ev.PersonVerified(Verification(VerificationId("V"), True, tell.NOW + timedelta(hours=1))),
        ev.HandoverPrepared(prepared()),
    ]


def device(holder: str = "重庆示例餐饮管理有限公司", uscc: str = USCC) -> Event:
    return ev.DeviceReadBack(TaxDeviceReadout("661234567890", TaxDeviceStatus.ISSUED, uscc, holder))


SCANS: tuple[Event, ...] = (scan("00123456"), scan("00123457"), scan("5001030000101"), scan("03612001"))


def until_signature() -> list[Event]:
    return [*until_bundle(), *SCANS, device(), ev.NextAsked()]


def until_handed() -> list[Event]:
    drawn = ev.SignatureDrawn(PersonRef("recipient"), b"png")
    kept = ev.SignatureKept(PersonRef("recipient"), BlobId("a" * 64))
    return [*until_signature(), drawn, kept, ev.HandOverAsked(), ev.DeedRecorded(tell.recorded())]


def handed_over(done: list[Effect]) -> list[RecordHandover]:
    """What would be recorded; whether the permit may be used now is asked behind this."""
    asked = [e.record.deed for e in done if isinstance(e, do.FinishHandover)]
    return [deed for deed in asked if isinstance(deed, RecordHandover)]


def test_slip_leads_to_intake_and_acceptance_is_recorded_once() -> None:
    desk, _ = walk(
        [*signed_in(), scan(slip_payload(tell.CASE, tell.SLIP)), ev.CasesFound((case(CaseState.SUBMITTED),))]
    )
    assert desk.step == "check_materials"
    desk, done = walk([ev.AcceptAsked()], desk)
    assert not done, "one line is still open: the clerk has not looked at it"
    desk, done = walk([ev.MaterialJudged("domicile_proof", 1), ev.AcceptAsked()], desk)
    (asked,) = (e for e in done if isinstance(e, do.Record))
    assert isinstance(asked.deed, DecideAcceptance) and asked.deed.case_version == 7
    desk, done = walk([ev.DeedRecorded(tell.recorded()), ev.AcceptAsked()], desk)
    assert not any(isinstance(e, do.Record) for e in done)


def test_foreign_code_is_refused_and_the_scanner_listens_on() -> None:
    desk, done = walk([*signed_in(), scan("https://example.invalid/x")])
    assert desk.step == "find_case" and desk.fault == Fault(FaultCode.FOREIGN_CODE)
    assert isinstance(done[-1], do.ScanCode)
    desk, done = walk([*signed_in(), scan("")])  # no text, or a typed code with a command in it
    assert desk.step == "find_case" and desk.fault == Fault(FaultCode.CODE_UNREADABLE)


def test_whole_bundle_is_handed_over_in_one_deed() -> None:
    desk, done = walk(until_handed())
    assert desk.step == "handed_over"
    (deed,) = handed_over(done)
    assert deed.articles == tuple(a.id for a in ARTICLES) and deed.signature == "a" * 64
    paper = done[-1]
    assert isinstance(paper, do.PrintPaper) and paper.ink["receiver"]
    mine, filed = copies_of(paper.make, samples.issuing(), paper.job, paper.ink)
    table = next(block for part in mine.parts for block in part.blocks if isinstance(block, Grid))
    assert [row[2] for row in table.rows][:2] == [a.serial for a in ARTICLES[:2]] and len(table.rows) == 5
    assert mine.parts[0].blocks != filed.parts[0].blocks  # each reader's own masks


@pytest.mark.parametrize("left_out", range(5))
def test_one_unchecked_article_stops_everything(left_out: int) -> None:
    checks = [*SCANS, device()]
    del checks[left_out]
    desk, done = walk([*until_bundle(), *checks, ev.NextAsked()])
    assert desk.step == "check_bundle" and not handed_over(done)


def test_wrong_scan_is_different_and_can_be_scanned_again() -> None:
    desk, _ = walk([*until_bundle(), scan("99999999")])
    assert check_of(desk, ArticleId("A1")).match is Match.DIFFERENT
    assert desk.fault == Fault(FaultCode.ARTICLE_MISMATCH)
    desk, _ = walk([scan("00123456")], desk)
    assert check_of(desk, ArticleId("A1")).match is Match.EQUAL and desk.fault is None


@pytest.mark.parametrize("wrong", [device(holder="重庆示例餐饮服务有限公司"), device(uscc="91500103MA5U00004L")])
def test_device_of_another_company_is_never_equal(wrong: Event) -> None:
    desk, _ = walk([*until_bundle(), *SCANS, wrong, ev.NextAsked()])
    assert desk.step == "check_bundle" and desk.fault == Fault(FaultCode.TAX_DEVICE_MISMATCH)
    assert check_of(desk, ArticleId("A5")).match is Match.DIFFERENT


def test_a_barred_hand_over_says_why_and_can_be_asked_again() -> None:
    desk, _ = walk([*until_signature(), ev.SignatureKept(PersonRef("recipient"), BlobId("a" * 64))])
    late = replace(desk, now=tell.NOW + timedelta(minutes=19, seconds=30))
    assert permit_holds(desk) and not permit_holds(late)
    desk, done = walk([ev.HandOverAsked()], desk)
    assert len(handed_over(done)) == 1
    desk, _ = walk([ev.HandoverBarred(Fault(FaultCode.CLOCK_UNSURE))], desk)
    assert desk.step == "sign_handover" and desk.fault == Fault(FaultCode.CLOCK_UNSURE) and desk.deed is None
    desk, done = walk([ev.HandOverAsked()], desk)
    assert len(handed_over(done)) == 1 and desk.fault is None


def test_stranger_may_not_receive() -> None:
    desk, done = walk(
        [*signed_in(), ev.CodeTyped("k7p428"), ev.CasesFound((case(CaseState.READY),)), ev.CardRead(tell.LI)]
    )
    assert desk.step == "verify_recipient" and desk.fault == Fault(FaultCode.NOT_RECIPIENT)
    _, done = walk([ev.RecipientConfirmed()], desk)
    assert not done


def test_pulled_staff_card_clears_the_desk_and_leaves_the_hand_over_open() -> None:
    desk, done = walk([*until_bundle(), ev.StaffLeft()])
    assert desk.step == "present_staff_card" and desk.case is None and desk.customer is None and desk.staff is None
    assert not handed_over(done) and any(isinstance(e, do.CloseStaffSession) for e in done)


def test_wrong_pin_is_said_and_asked_again() -> None:
    pin = ev.DeviceFailed(DeviceKind.STAFF_CARD_READER, Fault(FaultCode.PIN_WRONG, {"left": "2"}))
    desk, _ = walk([*signed_in()[:2], pin])
    assert desk.step == "enter_pin" and desk.fault is not None and desk.fault.details["left"] == "2"
    desk, _ = walk(signed_in()[1:], desk)
    assert desk.step == "find_case"


STRAY: tuple[Event, ...] = (
    ev.NextAsked(), ev.BackAsked(), ev.RetryAsked(), ev.CardRead(tell.LI), ev.CardRead(tell.WANG), scan("00123456"),
    scan("nonsense"), ev.CodeTyped("x"), ev.CasesFound(()), ev.RecipientConfirmed(), ev.HandOverAsked(),
    ev.AcceptAsked(), ev.HandoverAsked(), ev.AbortAsked("test"), ev.StaffLeft(),
    device(), ev.HandoverPrepared(prepared()),
    ev.DeedRecorded(tell.recorded()), ev.SheetDone(Printed.UNKNOWN),
    ev.MaterialJudged("x", 3), ev.ArticleRetried(ArticleId("A1")),
    ev.PlatformFailed(Fault(FaultCode.PLATFORM_OFFLINE)), ev.LedgerFailed(Fault(FaultCode.DISK_FULL)),
    ev.DeviceFailed(DeviceKind.TAX_DEVICE, Fault(FaultCode.WRONG_CARD)), *signed_in(),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 20), st.lists(st.sampled_from(STRAY), max_size=25))
def test_nothing_is_handed_over_that_was_not_checked(cut: int, stray: list[Event]) -> None:
    desk, before = walk(until_handed()[:cut])
    for event in stray:
        was = desk
        desk, effects = advance(WINDOW, desk, event)
        if handed_over(list(effects)):
            assert all(check_of(was, a.id).match is Match.EQUAL for a in ARTICLES)
            assert was.signature is not None
    assert desk.step in WINDOW.steps and len(handed_over(before)) <= 1
