"""What a window has done for it away from the case on the desk: store, second person, tasks, search, reports."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kiosk.audit import AuditKind
from kiosk.contracts.case_story import CloseFailedMessage, ReadClocks, ReadFailedMessages, ReadMessages
from kiosk.contracts.central_platform import Ask, GetChallenge
from kiosk.contracts.custody import (
    ConfirmSecond,
    ReadDiscrepancies,
    ReadMovements,
    ReadStock,
    ReceiveGoods,
    SecondPerson,
)
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.report_writer import ReportWriter
from kiosk.contracts.smart_card import SignedChallenge, StaffCard, StaffCardReader
from kiosk.domain.ids import CaseId, StaffRef
from kiosk.domain.stock import StockBook, StockCount
from kiosk.faults import Fault, FaultCode
from kiosk.rules.documents.sheet import copies_of
from kiosk.workflow import events as ev
from kiosk.workflow import room_effects as room
from kiosk.workflow.backroom import Story
from kiosk.workflow.events import backroom as back
from kiosk.workflow.machine import Event
from kiosk.workflow.search import MOST

from .hands import CommonHands

_WAIT_SECONDS = 20.0
_TRAIL = 60  # entries of the audit trail that a case view shows


class RoomHands:
    """Works with the window's own hands; ``clerk`` says who sits there now."""

    def __init__(self, hands: CommonHands, clerk: Callable[[], StaffRef | None], writer: ReportWriter | None) -> None:
        self._hands, self._clerk, self._writer = hands, clerk, writer
        self._listed = False  # whether the tasks are shown, so that every change is told
        self._manages = False
        self._movement: CaseId | None = None  # whose verdict somebody waits for
        self.table: dict[type[Any], Callable[[Any], None]] = {
            room.ReadStore: self._read_store,
            room.RecordMovement: self._record_movement,
            room.LeaveMovement: self._leave_movement,
            room.WaitSecondCard: self._wait_second_card,
            room.UnlockSecondCard: self._unlock_second,
            room.ConfirmSecondCard: self._confirm_second,
            room.ActTogether: self._act_together,
            room.WaitOwnCard: self._wait_own_card,
            room.ReadTasks: self._read_tasks,
            room.CloseTask: self._close_task,
            room.MatchCases: self._match_cases,
            room.ReadStory: self._read_story,
            room.ReadMovements: self._read_movements,
            room.CloseMessage: self._close_message,
            room.SaveReport: self._save_report,
        }

    def left(self) -> None:
        """Nobody sits here any more."""
        self._listed, self._manages, self._movement = False, False, None

    def ledger_changed(self) -> None:
        """Something was recorded, sent or parked."""
        if self._listed:
            self._post(back.TasksListed(self._hands.tools.ledger.tasks()))
        if self._movement is not None:
            self._tell_movement(self._movement)

    @property
    def _post(self) -> Callable[[Event], object]:
        return self._hands.post

    # the store
    def _read_store(self, effect: room.ReadStore) -> None:  # noqa: ARG002
        tools = self._hands.tools
        self._post(back.StoreRead(tools.ledger.stock(), False))

        def read(book: StockBook) -> Event:
            return back.StoreRead(book, True)

        if tools.platform.online():
            self._hands.ask(ReadStock(), read)

    def _record_movement(self, effect: room.RecordMovement) -> None:
        number = self._hands.ulid()
        deed = replace(effect.deed, id=number)
        status = self._hands.record(deed, effect.audit, effect.fields)
        if status is not None:
            self._movement = CaseId(number)
            self._post(back.MovementTold(status))

    def _leave_movement(self, effect: room.LeaveMovement) -> None:  # noqa: ARG002
        self._movement = None

    def _tell_movement(self, number: CaseId) -> None:
        for status in self._hands.tools.ledger.deeds(number):
            self._post(back.MovementTold(status))

    # two people
    def _want_card(self, name: str, job: Callable[[StaffCardReader], Any], answer: Callable[[Any], Event]) -> None:
        reader = self._hands.tools.devices.staff_card_reader
        self._hands.wishes.want(name, reader, DeviceKind.STAFF_CARD_READER, job, answer)

    def _wait_second_card(self, effect: room.WaitSecondCard) -> None:  # noqa: ARG002
        self._hands.wishes.drop("staff_watch")
        own = self._clerk()

        def other(reader: StaffCardReader) -> StaffCard:
            while (card := reader.wait_card(_WAIT_SECONDS)).staff_ref == own:
                reader.wait_removed(_WAIT_SECONDS)
            return card

        self._want_card("staff_card", other, back.SecondCardPut)

    def _unlock_second(self, effect: room.UnlockSecondCard) -> None:
        def challenged(challenge: bytes) -> None:
            def sign(reader: StaffCardReader) -> SignedChallenge:
                return reader.sign(effect.pin, challenge)

            self._want_card("staff_card", sign, back.SecondSigned)

        self._hands.ask(GetChallenge(effect.staff_ref), challenged)

    def _confirm_second(self, effect: room.ConfirmSecondCard) -> None:
        def confirmed(second: SecondPerson) -> Event:
            return back.SecondConfirmed(second)

        self._hands.ask(ConfirmSecond(effect.staff_ref, effect.challenge, effect.signature), confirmed)

    def _act_together(self, effect: room.ActTogether) -> None:
        question = replace(effect.question, id=self._hands.ulid())
        self._hands.note_of("", AuditKind.SECOND_CONFIRMED, effect.fields)
        act = dict(effect.fields).get("act", "")

        def done(answer: Any) -> None:
            failed = isinstance(answer, Fault)
            figure = answer if isinstance(question, ReceiveGoods) and not failed else 1
            result = answer.details.get("slug", answer.code.value) if failed else "done"
            self._hands.note_of("", AuditKind.STOCK_MOVED, (("act", act), ("result", result), ("count", str(figure))))
            count = answer if isinstance(answer, StockCount) else None
            self._post(ev.PlatformFailed(answer) if failed else back.DoneTogether(int(figure), count))

        asked: Ask[Any] = question
        self._hands.put(asked, done)

    def _wait_own_card(self, effect: room.WaitOwnCard) -> None:  # noqa: ARG002
        own = self._clerk()

        def mine(reader: StaffCardReader) -> StaffCard:
            while (card := reader.wait_card(_WAIT_SECONDS)).staff_ref != own:
                reader.wait_removed(_WAIT_SECONDS)
            return card

        self._want_card("staff_card", mine, lambda _: back.OwnCardBack())

    # tasks
    def _read_tasks(self, effect: room.ReadTasks) -> None:
        tools = self._hands.tools
        self._listed, self._manages = True, effect.manages
        self._post(back.TasksListed(tools.ledger.tasks()))
        if tools.platform.online():
            self._hands.put(ReadFailedMessages(), self._failed_messages)
        if effect.manages and tools.platform.online():
            self._hands.put(ReadDiscrepancies(), self._discrepancies)

    def _failed_messages(self, answer: Any) -> None:
        if not isinstance(answer, Fault):
            self._post(back.FailedMessagesTold(answer))

    def _close_message(self, effect: room.CloseMessage) -> None:
        def closed(_: bool) -> Event:
            fields = (("task", effect.id), ("deed", "closeFailedMessage"), ("how", effect.told_as.value))
            self._hands.note_of("", AuditKind.TASK_CLOSED, fields)
            return back.MessageClosed(effect.id)

        self._hands.ask(CloseFailedMessage(self._hands.ulid(), effect.id, effect.told_as), closed)

    def _discrepancies(self, answer: Any) -> None:
        if not isinstance(answer, Fault):  # without the platform's word the tray shows what this machine knows
            self._post(back.DiscrepanciesTold(answer))

    def _close_task(self, effect: room.CloseTask) -> None:
        fields = (("task", effect.id), ("deed", effect.deed), ("how", effect.how.value))
        event = self._hands.event(AuditKind.TASK_CLOSED, fields)
        fault = self._hands.tools.ledger.close_task(effect.id, effect.how, event)
        if fault is not None:
            self._post(ev.LedgerFailed(fault))
        self._post(back.TasksListed(self._hands.tools.ledger.tasks()))

    # search
    def _match_cases(self, effect: room.MatchCases) -> None:
        hits = self._hands.tools.ledger.find_cases(effect.fragment, MOST)
        self._post(back.CasesMatched(effect.fragment, hits))

    def _read_story(self, effect: room.ReadStory) -> None:
        tools, case_id = self._hands.tools, effect.case_id
        answer = tools.ledger.case(case_id)
        if answer is None:
            self._post(ev.PlatformFailed(Fault(FaultCode.CASE_NOT_FOUND)))
            return
        trail, deeds = tools.ledger.trail(case_id, _TRAIL), tools.ledger.deeds(case_id)
        self._post(back.StoryRead(Story(answer.value, None, None, trail, deeds)))
        self._hands.note_of(case_id, AuditKind.CASE_OPENED, (("by", "search"),))
        if tools.platform.online():
            self._hands.ask(ReadClocks(case_id), back.PromisesTold)
            self._hands.ask(ReadMessages(case_id), back.MessagesTold)

    # reports
    def _read_movements(self, effect: room.ReadMovements) -> None:
        self._hands.ask(ReadMovements(effect.since), back.MovementsTold)

    def _save_report(self, effect: room.SaveReport) -> None:
        issuing = replace(self._hands.issuing(), clerk=self._clerk() or StaffRef(""))
        written: Any = Fault(FaultCode.REPORT_NOT_WRITTEN)
        if self._writer is not None:
            written = self._writer.write(effect.name, effect.way, copies_of(effect.make, issuing, effect.name))
        if isinstance(written, Fault):
            self._post(ev.PlatformFailed(written))
            return
        fields = (("report", effect.name), ("format", effect.way), ("sha256", written.sha256))
        self._hands.note_of("", AuditKind.REPORT_SAVED, fields)
        self._post(back.ReportSaved(written.name))
