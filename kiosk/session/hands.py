"""What both roles have done for them: cards, the ledger, the platform's questions, the wipe."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Timer
from typing import Any, ClassVar, TypeVar

from kiosk.audit import AuditEvent, AuditKind
from kiosk.config import SiteConfig
from kiosk.contracts.central_platform import (
    Ask,
    CentralPlatform,
    FindCase,
    Verification,
    VerifyPerson,
)
from kiosk.contracts.clock import Clock
from kiosk.contracts.code_scanner import CodeScanner, Scan
from kiosk.contracts.device import DeviceKind, DeviceReport, DeviceState
from kiosk.contracts.id_card_reader import IdCardReader
from kiosk.contracts.ledger import Deed, DeedStatus, Ledger, SaveDraft
from kiosk.contracts.orders import Orders
from kiosk.domain.case import OpeningCase
from kiosk.domain.document import Language
from kiosk.domain.identity_card import IdentityCard
from kiosk.domain.ids import CaseId, VerificationId, new_ulid
from kiosk.faults import Fault
from kiosk.rules.documents.parts import Hall, Issuing
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Effect, Event

from .bell import Bell
from .devices import Devices
from .printouts import Printouts
from .wishes import Wishes

R = TypeVar("R")

_CARD_SECONDS = 20.0  # one wait of the reader; asked again while the step lasts
_SWAP_SECONDS = 1.0  # for lifting a card that will not do; a quicker hand has laid the next one already
_LEFT_SECONDS = 12.0  # a card that lies longer than this after the reading was left behind
_WORKING = (DeviceState.READY, DeviceState.BUSY)


@dataclass(frozen=True, slots=True)
class Tools:
    """What hands work with."""

    config: SiteConfig
    clock: Clock
    devices: Devices
    ledger: Ledger
    platform: CentralPlatform
    orders: Orders
    boot: str  # this run of the program, as permits name it


class CommonHands:
    """Carries out effects on the session's thread; every answer comes back as an event through ``post``."""

    actor: ClassVar[str] = "terminal"

    def __init__(self, tools: Tools, post: Callable[[Event], object]) -> None:
        self.tools, self.post = tools, post
        self.wishes = Wishes(post)
        self.printouts = Printouts(tools.devices, self.wishes, self.note_of)
        self._followed: CaseId | None = None
        self._cancels: list[Callable[[], None]] = []
        self._timer: Timer | None = None
        self._down: set[DeviceKind] = set()
        self.bell = Bell(tools.platform, self.put, post)
        self._ends = (tools.ledger.subscribe(self._ledger_changed), self.bell.close)
        self._table: dict[type[Effect], Callable[[Any], None]] = {
            do.ReadCard: self._read_card,
            do.WatchCard: self._watch_card,
            do.StopDevices: self._stop_devices,
            do.ScanCode: self._scan,
            do.Verify: self._verify,
            do.KeepDraft: self._keep_draft,
            do.KeepSignature: self._keep_signature,
            do.Record: self._record,
            do.Note: self._note,
            do.FollowCase: self._follow,
            do.LookForCase: self._look_for_case,
            do.CallHelper: lambda effect: self.bell.ring(effect.step, self._followed),
            do.WithdrawCall: lambda _: self.bell.withdraw(),
            do.ForgetVisit: self._forget_visit,
            do.Linger: self._linger,
        }

    def carry_out(self, effect: Effect) -> None:
        """Carry out one effect."""
        self._table[type(effect)](effect)

    def forget(self) -> None:
        """Stop everything that a visit asked for."""
        self.wishes.drop_all()
        self._followed = None
        for cancel in self._cancels:
            cancel()
        self._cancels.clear()
        self._stop_timer()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
            self._timer = None

    def device_changed(self, report: DeviceReport) -> None:
        """A report of the supervisor: a device that came back gets its interrupted work again."""
        if report.state not in _WORKING:
            self._down.add(report.kind)
        elif report.kind in self._down and report.state is DeviceState.READY:  # a job that was begun is no recovery
            self._down.discard(report.kind)
            if self.wishes.recovered(report.kind):
                self.post(ev.DeviceRecovered(report.kind))

    # cards
    def _read_card(self, effect: do.ReadCard) -> None:
        def read(reader: IdCardReader) -> IdentityCard:
            return reader.read(_CARD_SECONDS)

        def anew(reader: IdCardReader) -> IdentityCard:
            reader.wait_removed(_SWAP_SECONDS)
            return reader.read(_CARD_SECONDS)

        self.wishes.drop("watch")
        self.wishes.want(
            "card", self.tools.devices.id_card_reader, DeviceKind.ID_CARD_READER,
            anew if effect.anew else read, ev.CardRead, anew,
        )  # fmt: skip

    def _watch_card(self, effect: do.WatchCard) -> None:  # noqa: ARG002
        self._watch(_LEFT_SECONDS)

    def _watch(self, seconds: float) -> None:
        def seen(gone: bool) -> Event:
            if gone:
                return ev.CardTaken()
            self._watch(_CARD_SECONDS)
            return ev.CardLeft()

        reader = self.tools.devices.id_card_reader
        self.wishes.want("watch", reader, DeviceKind.ID_CARD_READER, lambda r: r.wait_removed(seconds), seen)

    def _stop_devices(self, effect: do.StopDevices) -> None:  # noqa: ARG002
        self.wishes.drop("card", "face", "page", "scan", "tax_device", "staff_card", "social_card")

    def _scan(self, effect: do.ScanCode) -> None:  # noqa: ARG002
        def scan(scanner: CodeScanner) -> Scan:
            return scanner.scan(_CARD_SECONDS)

        if self.tools.devices.code_scanner is not None:  # a wedge scanner types into the screen instead
            self.wishes.want("scan", self.tools.devices.code_scanner, DeviceKind.CODE_SCANNER, scan, ev.CodeScanned)

    # platform
    def ask(self, question: Ask[R], answered: Callable[[R], Event | None]) -> None:
        """Put a question to the platform; a fault becomes PlatformFailed."""

        def done(answer: R | Fault) -> None:
            event = ev.PlatformFailed(answer) if isinstance(answer, Fault) else answered(answer)
            if event is not None:
                self.post(event)

        self.put(question, done)

    def put(self, question: Ask[R], done: Callable[[R | Fault], None]) -> None:
        """Put a question whose every answer the asker hears; dropped with the visit."""
        self._cancels.append(self.tools.platform.ask(question, done))

    def _verify(self, effect: do.Verify) -> None:
        question: VerifyPerson = replace(effect.question, id=VerificationId(self.ulid()))

        def answered(verification: Verification) -> Event:
            return ev.PersonVerified(verification)

        self.ask(question, answered)

    def _look_for_case(self, effect: do.LookForCase) -> None:
        """Ask the platform; without it, what the mirror has is better than nothing."""
        question = effect.question
        if self.tools.platform.online():
            self.ask(question, self._found)
        else:
            self.post(ev.CasesFound(self._in_mirror(question)))

    def _found(self, cases: tuple[OpeningCase, ...]) -> Event:
        return ev.CasesFound(cases)

    def _in_mirror(self, question: FindCase) -> tuple[OpeningCase, ...]:
        ledger = self.tools.ledger
        if question.case_id is not None:
            answer = ledger.case(question.case_id)
        elif question.slip_code is not None:
            answer = ledger.find_by_slip(question.slip_code)
        else:
            numbers = [a.value for a in ledger.cases()]
            return tuple(c for c in numbers if any(p.cert_no == question.cert_no for p in c.form.people))
        return (answer.value,) if answer else ()

    # ledger
    def event(self, kind: AuditKind, fields: tuple[tuple[str, str], ...] = (), case: str = "") -> AuditEvent:
        """An audit event of this moment."""
        return AuditEvent(kind, self.tools.clock.now(), case, self.actor, dict(fields))

    def record(self, deed: Deed, audit: AuditKind, fields: tuple[tuple[str, str], ...]) -> DeedStatus | None:
        """Record a deed; a failure is told to the visit."""
        case = str(getattr(deed, "case_id", ""))
        status = self.tools.ledger.record(deed, self.event(audit, fields, case))
        if isinstance(status, Fault):
            self.post(ev.LedgerFailed(status))
            return None
        return status

    def _record(self, effect: do.Record) -> None:
        status = self.record(effect.deed, effect.audit, effect.fields)
        if status is not None:
            self.post(ev.DeedRecorded(status))

    def _note(self, effect: do.Note) -> None:
        self.note_of(self._followed or "", effect.audit, effect.fields)

    def note_of(self, case: str, audit: AuditKind, fields: tuple[tuple[str, str], ...]) -> None:
        """An audit entry about a case, or about none; a failure is told to the visit."""
        fault = self.tools.ledger.note(self.event(audit, fields, case))
        if fault is not None:
            self.post(ev.LedgerFailed(fault))

    def _keep_draft(self, effect: do.KeepDraft) -> None:
        draft = SaveDraft(effect.case_id, effect.slip_code, effect.form)
        self.record(draft, AuditKind.DRAFT_SAVED, (("step", effect.step),))

    def _keep_signature(self, effect: do.KeepSignature) -> None:
        blob = self.tools.ledger.keep_blob(effect.png, "signature")
        self.post(ev.LedgerFailed(blob) if isinstance(blob, Fault) else ev.SignatureKept(effect.ref, blob))

    def _follow(self, effect: do.FollowCase) -> None:
        self._followed = effect.case_id
        self._tell_case()

    def _ledger_changed(self, case_id: CaseId | None) -> None:
        if self._followed is not None and case_id in (None, self._followed):
            self._tell_case()

    def _tell_case(self) -> None:
        followed = self._followed
        answer = self.tools.ledger.case(followed) if followed else None
        if answer is not None and followed is not None:
            ledger = self.tools.ledger
            self.post(ev.CaseChanged(answer.value, ledger.deeds(followed), answer.live, ledger.split(followed)))

    # the end
    def _forget_visit(self, effect: do.ForgetVisit) -> None:
        self._note(do.Note(AuditKind.VISIT_ENDED, (("how", effect.how),)))
        self.bell.forget()
        self.forget()
        self.tools.ledger.forget_visit(effect.case_id)

    def _linger(self, effect: do.Linger) -> None:
        self._stop_timer()  # one thing is lingered for at a time
        self._timer = Timer(effect.seconds, self.post, (ev.LingerOver(),))
        self._timer.daemon = True
        self._timer.start()

    def issuing(self, language: Language = Language.ZH) -> Issuing:
        """Which hall issues a paper now; what a training hall makes says so."""
        site, terminal = self.tools.config.site, self.tools.config.terminal
        hall = Hall(site.name, site.address, site.phone, site.complaint_phone)
        window = terminal.window_name or terminal.window
        return Issuing(hall, self.tools.clock.now(), window, language=language, sandbox=terminal.training)

    def ulid(self) -> str:
        """A fresh id for something born at this terminal."""
        clock = self.tools.clock
        return new_ulid(int(clock.now().timestamp() * 1000), clock.entropy(10))

    def close(self) -> None:
        """The terminal stops."""
        self.forget()
        for end in self._ends:
            end()
