"""The window's hands at the moment of the hand-over: real clock, real ledger, no network at all."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.audit import AuditKind
from kiosk.config import Platform, Site, SiteConfig, Store, Terminal, TerminalRole
from kiosk.contracts.central_platform import PrepareHandover, StaffSession
from kiosk.contracts.device import DeviceKind, DeviceReport, DeviceState
from kiosk.contracts.ledger import RecordHandover, Verdict
from kiosk.contracts.smart_card import StaffCard
from kiosk.domain.handover import Handover, HandoverLine, HandoverState, Match, Permit, PermitTerms
from kiosk.domain.ids import (
    ArticleId,
    BlobId,
    CaseId,
    HandoverId,
    PermitId,
    StaffRef,
    UnitId,
    VerificationId,
    WindowId,
    new_ulid,
)
from kiosk.faults import Fault, FaultCode
from kiosk.session.devices import Devices
from kiosk.session.hands import Tools
from kiosk.session.window_hands import WindowHands
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from offline_cache.cache import OfflineCache

CASE, HAND = CaseId(new_ulid(1_800_000_000_000, bytes(10))), HandoverId(new_ulid(1_800_000_000_001, bytes(10)))
LINES = (HandoverLine(ArticleId("A1"), UnitId("seal-1")),)


class Desk:
    """One window that nobody has started: what it does is on its disk, and what it says is here."""

    def __init__(self, folder: Path) -> None:
        store, platform = Store(path=str(folder / "s")), Platform(url="http://127.0.0.1:9", key="k")
        self.cache = OfflineCache(store, platform, "window-03", "cq-demo-01", "w-03")
        assert self.cache.open() is None
        config = SiteConfig(
            site=Site(id="cq-demo-01", name="示例", division="500103"), platform=platform, store=store,
            terminal=Terminal(id="window-03", role=TerminalRole.WINDOW, window="w-03"),
        )  # fmt: skip
        cache = self.cache
        tools = Tools(config, cache.clock, Devices(), cache.ledger, cache.platform, cache.orders, cache.boot)
        self.said: list[Event] = []
        self.hands = WindowHands(tools, self.said.append)
        self.hands._staff = StaffRef("0317")

    def sure(self) -> None:
        """The platform's time was heard."""
        at = self.cache.clock.monotonic()
        self.cache.clock.observe(format_datetime(datetime.now(UTC), usegmt=True), at, at)

    def effect(self, boot: str) -> do.FinishHandover:
        """The red button, with a permit of that run."""
        now = self.cache.clock.now()
        until, staff = now + timedelta(minutes=20), StaffRef("0317")
        terms = PermitTerms(HAND, "window-03", "w-03", staff, boot, LINES, until)
        permit = Permit(PermitId("P"), b"payload", b"sig", until, terms)
        deed = RecordHandover(HAND, CASE, permit.id, (ArticleId("A1"),), BlobId("a" * 64), "R-1", now)
        return do.FinishHandover(
            Handover(HAND, CASE, HandoverState.PREPARED, 1, LINES, permit), ((ArticleId("A1"), Match.EQUAL),),
            VerificationId("V"), BlobId("a" * 64),
            StaffSession(staff, "周示例", frozenset({"clerk"}), now + timedelta(hours=1)),
            do.Record(deed, AuditKind.HANDED_OVER, (("handover", HAND),)),
        )  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.hands.close()
    made.cache.stop()


def test_finished_without_network_it_is_a_fact_on_the_disk(desk: Desk) -> None:
    desk.sure()
    desk.hands.carry_out(desk.effect(desk.cache.boot))
    (told,) = desk.said
    assert isinstance(told, ev.DeedRecorded) and told.status.verdict is Verdict.WAITING
    assert desk.cache.ledger.handovers_owed() == 1
    question = PrepareHandover(HandoverId(""), CASE, 1, WindowId(""), VerificationId("V"), "legal_rep", LINES)
    desk.hands.carry_out(do.AskPermit(question))
    assert desk.said[-1] == ev.PlatformFailed(Fault(FaultCode.HANDOVER_OPEN)), "first the platform has to know"


@pytest.mark.parametrize("why", ["clock", "restart", "other clerk"])
def test_barred_nothing_is_recorded(desk: Desk, why: str) -> None:
    effect = desk.effect(desk.cache.boot)
    if why != "clock":
        desk.sure()
    if why == "restart":
        effect = desk.effect("an earlier run")
    if why == "other clerk":
        desk.hands._staff = StaffRef("0318")
    expected = {
        "clock": FaultCode.CLOCK_UNSURE,
        "restart": FaultCode.PERMIT_BEFORE_RESTART,
        "other clerk": FaultCode.PERMIT_OTHER_CLERK,
    }[why]
    desk.hands.carry_out(effect)
    assert desk.said == [ev.HandoverBarred(Fault(expected))]
    assert desk.cache.ledger.deeds(CASE) == () and desk.cache.ledger.state().audit_entries == 0


def test_the_permit_of_another_handover_is_none(desk: Desk) -> None:
    desk.sure()
    effect = desk.effect(desk.cache.boot)
    other = replace(effect.handover, id=HandoverId(new_ulid(1_800_000_000_009, bytes(10))))
    desk.hands.carry_out(replace(effect, handover=other))
    assert desk.said == [ev.HandoverBarred(Fault(FaultCode.PERMIT_INVALID))]


class Printer:
    """A station whose jobs wait for a test."""

    name, kind = "receipt_printer", DeviceKind.RECEIPT_PRINTER

    def __init__(self) -> None:
        self.asked: list[Callable[[Any], None]] = []

    def submit(self, job: Callable[[Any], Any], done: Callable[[Any], None]) -> "Printer":
        self.asked.append(done)
        return self

    def cancel(self) -> None:
        """Nothing runs."""

    def report(self) -> DeviceReport:
        raise NotImplementedError


def test_a_job_that_is_begun_is_no_recovery_of_the_device(desk: Desk) -> None:
    """Else two wishes at a printer without paper would wake one another for ever."""
    printer, hands = Printer(), desk.hands
    hands.wishes.want("paper", printer, printer.kind, lambda _: None, lambda _: None)
    printer.asked[-1](Fault(FaultCode.PAPER_OUT))
    for state in (DeviceState.NEEDS_HAND, DeviceState.BUSY, DeviceState.NEEDS_HAND, DeviceState.BUSY):
        hands.device_changed(DeviceReport(printer.name, printer.kind, state))
    assert len(printer.asked) == 1
    hands.device_changed(DeviceReport(printer.name, printer.kind, DeviceState.READY))
    assert len(printer.asked) == 2
    assert ev.DeviceRecovered(printer.kind) in desk.said


def test_a_step_that_ends_behind_the_lock_does_not_make_the_lock_deaf(desk: Desk) -> None:
    """An answer of the platform may end a step while the window is locked; the clerk's card is waited for still."""
    reader = Printer()
    desk.hands.tools = replace(desk.hands.tools, devices=Devices(staff_card_reader=reader))
    desk.hands.carry_out(do.WaitStaffCard())
    desk.hands.carry_out(do.StopDevices())
    card = StaffCard(StaffRef("0317"))
    reader.asked[-1](card)
    assert desk.said == [ev.StaffCardPut(card)]
