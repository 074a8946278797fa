"""What a window's and a terminal's visits have done for them at the queue: it is asked for, told, and drawn from."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import Ask, Called, CallNext, DrawNumber, MoveTicket, PauseWindow
from kiosk.contracts.ledger import Answer, DrawLocalNumber, FinishTicket, Verdict
from kiosk.domain.ids import CaseId, SiteId, TicketId, WindowId
from kiosk.domain.queue import HallQueue, Priority, Ticket
from kiosk.faults import Fault, FaultCode
from kiosk.rules.documents.queue_ticket import queue_ticket
from kiosk.rules.documents.receipt import receipt_of
from kiosk.workflow import events as ev
from kiosk.workflow import queue_effects as queue_do
from kiosk.workflow.machine import Effect, Event

if TYPE_CHECKING:
    from .hands import CommonHands

R = TypeVar("R")

_UNDER_WAY = (Verdict.WAITING, Verdict.SENDING)
_LOCAL_WHEN = frozenset(
    {
        FaultCode.PLATFORM_OFFLINE, FaultCode.NOT_THE_PLATFORM, FaultCode.PLATFORM_BUSY, FaultCode.BROKEN_ANSWER,
        FaultCode.NEEDS_NETWORK,
    }
)  # fmt: skip


class QueueWatch:
    """Tells a visit how the queue stands, whenever the platform has said something new."""

    def __init__(self, hands: "CommonHands") -> None:
        self._hands = hands
        self._followed = False
        self._told: Answer[HallQueue] | None = None

    def follow(self, effect: queue_do.FollowQueue) -> None:  # noqa: ARG002
        """From now on, beginning with what is known."""
        self._followed = True
        self.look()

    def look(self) -> None:
        """Called on a thread of the cache, too: something has changed."""
        told = self._hands.tools.ledger.queue() if self._followed else None
        if told is not None and told != self._told:
            self._told = told
            self._hands.post(ev.QueueTold(told.value, told.as_of, told.live))

    def forget(self) -> None:
        """Nobody wants to know any more."""
        self._followed, self._told = False, None


class QueueHands:
    """Part of a window's hands: calling and moving."""

    def __init__(self, hands: "CommonHands") -> None:
        self._hands = hands
        self._lock = threading.Lock()
        self._watch = QueueWatch(hands)
        self._call_after: CaseId | None = None  # the next is called once the platform knows that this one is done
        self.table: dict[type[Effect], Callable[[Any], None]] = {
            queue_do.FollowQueue: self._watch.follow,
            queue_do.FinishTicket: self._finish,
            queue_do.CallNext: self._call,
            queue_do.MoveTicket: self._move,
            queue_do.PauseWindow: self._pause,
        }

    def forget(self) -> None:
        """Nobody is on duty here any more."""
        self._call_after = None
        self._watch.forget()

    def ledger_changed(self, case_id: CaseId | None) -> None:
        """Called on a thread of the cache: the queue may be another, and what was finished may be known."""
        if case_id is None:
            self._watch.look()
        waiting = self._call_after
        if waiting is not None and case_id in (None, waiting):
            self._call_if_known(waiting)

    def _finish(self, effect: queue_do.FinishTicket) -> None:
        hands = self._hands
        deed = FinishTicket(effect.ticket_id, hands.tools.clock.now())
        if hands.record(deed, AuditKind.NUMBER_FINISHED, ()) is None:
            return
        hands.post(ev.TicketFinished(effect.ticket_id))
        if not effect.then_call:
            return
        if not hands.tools.platform.online():
            hands.post(ev.QueueFailed(Fault(FaultCode.CALLING_NEEDS_NETWORK)))
            return
        self._call_after = CaseId(effect.ticket_id)
        self._call_if_known(self._call_after)

    def _call_if_known(self, chain: CaseId) -> None:
        if any(deed.verdict in _UNDER_WAY for deed in self._hands.tools.ledger.deeds(chain)):
            return
        with self._lock:
            mine = self._call_after == chain
            if mine:
                self._call_after = None
        if mine:  # the session's thread and the cache's both look; one of them calls
            self._call(queue_do.CallNext())

    def _call(self, effect: queue_do.CallNext) -> None:  # noqa: ARG002
        def called(answer: Called) -> Event:
            return ev.TicketCalled(answer.ticket)

        self._ask(CallNext(self._window()), called)

    def _move(self, effect: queue_do.MoveTicket) -> None:
        question = MoveTicket(
            effect.ticket_id, effect.version, effect.move, self._hands.tools.clock.now(), effect.reason,
            effect.to_window,
        )  # fmt: skip
        self._ask(question, ev.TicketMoved)

    def _pause(self, effect: queue_do.PauseWindow) -> None:
        self._ask(PauseWindow(self._window(), effect.paused, effect.reason), ev.WindowPaused)

    def _window(self) -> WindowId:
        return WindowId(self._hands.tools.config.terminal.window)

    def _ask(self, question: Ask[R], answered: Callable[[R], Event]) -> None:
        """Calling belongs to no customer: leaving a case does not break it off, so it is not dropped with a visit."""

        def done(answer: R | Fault) -> None:
            if not isinstance(answer, Fault):
                self._hands.post(answered(answer))
            elif answer.code is FaultCode.NEEDS_NETWORK or answer.code is FaultCode.PLATFORM_OFFLINE:
                self._hands.post(ev.QueueFailed(Fault(FaultCode.CALLING_NEEDS_NETWORK)))
            elif answer.details.get("slug") in ("version-mismatch", "wrong-state", "window-has-open-ticket"):
                self._hands.post(ev.QueueFailed(Fault(FaultCode.QUEUE_MOVED, answer.details)))
            else:
                self._hands.post(ev.QueueFailed(answer))

        self._hands.tools.platform.ask(question, done)


class NumberHands:
    """Part of a self-service terminal's hands: drawing a number."""

    def __init__(self, hands: "CommonHands") -> None:
        self._hands = hands
        self.table: dict[type[Effect], Callable[[Any], None]] = {
            queue_do.DrawNumber: self._draw,
            queue_do.PrintTicket: self._print,
        }

    def _draw(self, effect: queue_do.DrawNumber) -> None:
        """The hall's own number while the platform answers; otherwise one of this terminal's series at once."""
        hands = self._hands
        if not hands.tools.platform.online():
            self._draw_here(effect.priority)
            return
        now = hands.tools.clock.now()
        question = DrawNumber(TicketId(hands.ulid()), self._site(), now, effect.priority)

        def done(answer: Ticket | Fault) -> None:
            if not isinstance(answer, Fault):
                hands.note_of("", AuditKind.NUMBER_DRAWN, self._fields("hall", effect.priority))
                hands.post(ev.NumberDrawn(answer.number, now, answer))
            elif answer.code in _LOCAL_WHEN:
                self._draw_here(effect.priority)
            else:
                hands.post(ev.PlatformFailed(answer))

        hands.put(question, done)

    def _draw_here(self, priority: Priority | None) -> None:
        hands = self._hands
        number, now = hands.tools.ledger.next_local_number(), hands.tools.clock.now()
        if isinstance(number, Fault):
            hands.post(ev.PlatformFailed(number))
            return
        deed = DrawLocalNumber(TicketId(hands.ulid()), self._site(), number, now, priority)
        if hands.record(deed, AuditKind.NUMBER_DRAWN, self._fields("terminal", priority)) is not None:
            hands.post(ev.NumberDrawn(number, now))

    def _fields(self, series: str, priority: Priority | None) -> tuple[tuple[str, str], ...]:
        return (("series", series), ("priority", priority.value if priority else "no"))

    def _site(self) -> SiteId:
        return SiteId(self._hands.tools.config.site.id)

    def _print(self, effect: queue_do.PrintTicket) -> None:
        hands, number = self._hands, effect.ticket.number
        document = queue_ticket(effect.ticket, hands.issuing(effect.language))
        receipt = receipt_of(document, f"{number}-{effect.ticket.taken_at:%Y%m%d%H%M%S}")
        hands.printouts.slip("queue_ticket", receipt)
