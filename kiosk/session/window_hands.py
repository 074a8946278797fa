"""What a clerk's window has done for it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kiosk.audit import AuditEvent, AuditKind
from kiosk.contracts.central_platform import FindOpenHandovers, GetChallenge, SignIn, SignOut, StaffSession
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.page_pictures import PagePictures
from kiosk.contracts.printing import Sheet
from kiosk.contracts.report_writer import ReportWriter
from kiosk.contracts.smart_card import SignedChallenge, StaffCard, StaffCardReader
from kiosk.contracts.tax_device import TaxDeviceIssuer, TaxDeviceReadout
from kiosk.domain.case import READY_STATES
from kiosk.domain.handover import Handover
from kiosk.domain.ids import CaseId, HandoverId, StaffRef, WindowId
from kiosk.faults import Fault, FaultCode
from kiosk.rules.documents.sheet import copies_of
from kiosk.rules.permits import Counter, Finishing, why_not_finish, why_not_prepare
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.lock import WaitAnotherCard
from kiosk.workflow.machine import Event

from .device_issuing import DeviceIssuing
from .entry_hands import EntryHands
from .hands import CommonHands, Tools
from .library_hands import LibraryHands
from .material_hands import MaterialHands
from .papers import PaperHands
from .previews import Previews
from .queue_hands import QueueHands
from .room_hands import RoomHands
from .shift_hands import ShiftHands

_WAIT_SECONDS = 20.0
_OWN = "own_card"  # the wish for the clerk's own card: no step's end ends it, for the lock waits while steps go on


class WindowHands(CommonHands):
    """Hands of the comprehensive window."""

    def __init__(
        self,
        tools: Tools,
        post: Callable[[Event], object],
        reports: ReportWriter | None = None,
        pictures: PagePictures | None = None,
    ) -> None:
        super().__init__(tools, post)
        self._previews = Previews[Sequence[Sheet]](pictures, post) if pictures is not None else None
        self._staff: StaffRef | None = None
        self._listing = False
        self._queue = QueueHands(self)
        self._room = RoomHands(self, lambda: self._staff, reports)
        self._papers = PaperHands(self, lambda _: None)  # of its work only the links; nothing is photographed here
        self._table |= {
            **self._queue.table,
            do.WaitStaffCard: self._wait_staff_card,
            WaitAnotherCard: self._wait_another_card,
            do.WatchStaffCard: self._watch_staff_card,
            do.UnlockStaffCard: self._unlock,
            do.OpenStaffSession: self._open_session,
            do.CloseStaffSession: self._close_session,
            do.ListCases: self._list_cases,
            do.LookForHandover: self._look_for_handover,
            do.LookForSplits: self._look_for_splits,
            do.AskPermit: self._ask_permit,
            do.FinishHandover: self._finish_handover,
            do.ReadTaxDevice: self._read_tax_device,
            do.PrintPaper: self._print_paper,
            do.ShowPaper: self._show_paper,
            **self._room.table,
            **ShiftHands(self, self._nobody, self._open_session).table,
            **EntryHands(self).table,
            **LibraryHands(self).table,
            **MaterialHands(self).table,
            do.InviteSigner: self._papers.table[do.InviteSigner],
            **DeviceIssuing(tools.config.tax_issue, self.ask, self.ulid).table,
        }

    def event(self, kind: AuditKind, fields: tuple[tuple[str, str], ...] = (), case: str = "") -> AuditEvent:
        """An audit event with the clerk who acted."""
        return replace(super().event(kind, fields, case), actor=self._staff or self.actor)

    # who sits here
    def _wait_staff_card(self, effect: do.WaitStaffCard) -> None:  # noqa: ARG002
        self._wait_card(lambda reader: reader.wait_card(_WAIT_SECONDS))

    def _wait_another_card(self, effect: WaitAnotherCard) -> None:  # noqa: ARG002
        def another(reader: StaffCardReader) -> StaffCard:
            reader.wait_removed(_WAIT_SECONDS)
            return reader.wait_card(_WAIT_SECONDS)

        self._wait_card(another)

    def _wait_card(self, wait: Callable[[StaffCardReader], StaffCard]) -> None:
        self.wishes.drop("staff_watch", "staff_card")  # the reader does one thing at a time
        reader = self.tools.devices.staff_card_reader
        self.wishes.want(_OWN, reader, DeviceKind.STAFF_CARD_READER, wait, ev.StaffCardPut)

    def _watch_staff_card(self, effect: do.WatchStaffCard) -> None:  # noqa: ARG002
        def seen(gone: bool) -> Event | None:
            if gone:
                return ev.StaffLeft()
            self._watch_staff_card(do.WatchStaffCard())
            return None

        self.wishes.want(
            "staff_watch", self.tools.devices.staff_card_reader, DeviceKind.STAFF_CARD_READER,
            lambda reader: reader.wait_removed(_WAIT_SECONDS), seen,
        )  # fmt: skip

    def _unlock(self, effect: do.UnlockStaffCard) -> None:
        self.wishes.drop("staff_watch", "staff_card")  # the reader does one thing at a time

        def challenged(challenge: bytes) -> None:
            def sign(reader: StaffCardReader) -> SignedChallenge:
                return reader.sign(effect.pin, challenge)

            reader = self.tools.devices.staff_card_reader
            self.wishes.want(_OWN, reader, DeviceKind.STAFF_CARD_READER, sign, ev.ChallengeSigned)

        self.ask(GetChallenge(effect.staff_ref), challenged)

    def _open_session(self, effect: do.OpenStaffSession) -> None:
        def opened(session: StaffSession) -> Event:
            self._staff = session.staff_ref
            return ev.StaffSignedIn(session)

        self.ask(SignIn(effect.staff_ref, effect.challenge, effect.signature), opened)

    def _nobody(self) -> None:
        self._staff, self._listing = None, False
        self._queue.forget()
        self._room.left()
        self.wishes.drop("staff_watch")

    def _close_session(self, effect: do.CloseStaffSession) -> None:  # noqa: ARG002
        self._nobody()
        self.tools.platform.ask(SignOut(), lambda _: None)

    # the desk
    def _list_cases(self, effect: do.ListCases) -> None:  # noqa: ARG002
        self._listing = True
        self.post(ev.CasesListed(tuple(a.value for a in self.tools.ledger.cases())))

    def _ledger_changed(self, case_id: CaseId | None) -> None:
        super()._ledger_changed(case_id)
        self._queue.ledger_changed(case_id)
        if self._listing:
            self._list_cases(do.ListCases())
            self._look_for_splits(do.LookForSplits())
        self._room.ledger_changed()
        self._papers.ledger_changed()

    def _look_for_handover(self, effect: do.LookForHandover) -> None:  # noqa: ARG002
        """On the disk; and if there is none, at the platform, which may have prepared one without our hearing it."""

        def found(open_: tuple[Handover, ...] | Fault) -> None:
            if not isinstance(open_, Fault) and open_:
                self._tell_handover()

        if not self._tell_handover() and self.tools.platform.online():
            self.put(FindOpenHandovers(WindowId(self.tools.config.terminal.window)), found)

    def _tell_handover(self) -> bool:
        """Whether the disk knows of one that stopped half-way."""
        ledger = self.tools.ledger
        for left in ledger.handovers():
            answer = ledger.case(left.case_id)
            if answer is not None and answer.value.state in READY_STATES:  # not settled elsewhere meanwhile
                self.post(ev.HandoverLooked(left, answer.value))
                return True
        last = ledger.unwitnessed_handover()
        seen = ledger.case(last) if last is not None else None
        self.post(ev.HandoverLooked(unwitnessed=None if seen is None else seen.value))
        return False

    def _look_for_splits(self, effect: do.LookForSplits) -> None:  # noqa: ARG002
        """Only of drafts that this window has saved itself: they wait on its disk, and nobody else knows of them."""
        ledger = self.tools.ledger
        parted = dict.fromkeys(t.case_id for t in ledger.tasks() if t.fault.code is FaultCode.DRAFT_SPLIT)
        found = []
        for case_id in parted:
            answer, split = ledger.case(case_id), ledger.split(case_id)
            if answer is not None and split is not None:
                found.append((answer.value, split))
        self.post(ev.SplitsLooked(tuple(found)))

    def _counter(self, session: StaffSession | None) -> Counter:
        """Where and by whom a permit would be used, now."""
        config, clock = self.tools.config, self.tools.clock
        return Counter(
            config.terminal.id, config.terminal.window, self.tools.boot, self._staff,
            None if session is None else session.expires_at, clock.now(), clock.sure(), self.tools.orders.standing(),
        )  # fmt: skip

    def _ask_permit(self, effect: do.AskPermit) -> None:
        unsettled = self.tools.ledger.handovers_owed()
        if (fault := why_not_prepare(self._counter(None), unsettled)) is not None:
            self.post(ev.PlatformFailed(fault))
            return
        window = WindowId(self.tools.config.terminal.window)
        question = replace(effect.question, id=HandoverId(self.ulid()), window=window)
        self.ask(question, ev.HandoverPrepared)

    def _finish_handover(self, effect: do.FinishHandover) -> None:
        """With or without network: the permit decides, and what was done is recorded as a fact."""
        finishing = Finishing(
            effect.handover, self._counter(effect.staff), effect.verification, effect.checks, effect.signature
        )
        if (fault := why_not_finish(finishing)) is not None:
            self.post(ev.HandoverBarred(fault))
        else:
            self._record(effect.record)

    def _read_tax_device(self, effect: do.ReadTaxDevice) -> None:  # noqa: ARG002
        def read(device: TaxDeviceIssuer) -> TaxDeviceReadout:
            return device.read_back(_WAIT_SECONDS)

        self.wishes.want(
            "tax_device", self.tools.devices.tax_device, DeviceKind.TAX_DEVICE, read, ev.DeviceReadBack
        )  # fmt: skip

    def _sheets(self, paper: do.PrintPaper) -> tuple[Sheet, ...]:
        evidence = self.tools.ledger.state().audit_head[:16]
        issuing = replace(self.issuing(), clerk=self._staff or StaffRef(""), evidence=evidence)
        made = (paper.make, *paper.also)
        return tuple(one for make in made for one in copies_of(make, issuing, paper.job, paper.ink))

    def _show_paper(self, effect: do.ShowPaper) -> None:
        if self._previews is None:
            self.post(ev.PagesFailed(effect.paper.job, Fault(FaultCode.DEVICE_CONFIGURATION)))
        else:
            self._previews.show(effect.paper.job, self._sheets(effect.paper))

    def _print_paper(self, effect: do.PrintPaper) -> None:
        self.printouts.sheets(effect.name, self._sheets(effect), effect.job, self._followed or "", again=effect.again)

    def forget(self) -> None:
        """Nobody waits for a link any more."""
        super().forget()
        self._papers.stop()

    def close(self) -> None:
        """The terminal stops; what is being painted is not looked at any more."""
        super().close()
        if self._previews is not None:
            self._previews.close()
