"""Who lies in which reader: the house's own watch over PC/SC, which outlives the service it watches.

pyscard's monitors end for good when the service restarts, and a context that was alive before the restart stays
dead; so every failed call throws the context away and the next look makes a new one.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from drivers.errors import DriverError
from drivers.smart_card import pcsc
from drivers.smart_card.link import CardLink, LinkLostError, Lost
from drivers.smart_card.pcsc import Code, Context, ReaderState
from kiosk.faults import FaultCode

SLICE = 0.25  # seconds of one wait at the service, after which new readers are noticed and a cancel is felt
GRACE = 3.0  # seconds a running wait gives the service to come back before the wait ends in a fault
RETRY = 0.1  # seconds between two looks while the service is away or another program holds the card
SETTLE = 1.0  # seconds to learn whether a card that stopped answering was pulled (the service looks every 0.4 s)
ATTEMPTS = 3  # on a card that lies there and does not answer: it may be a swap that the service has not seen yet
TAKEN_PATIENCE = 2.0  # seconds another program may hold the card

COMES_BACK = frozenset(
    {FaultCode.CARD_REMOVED, FaultCode.SMART_CARD_SERVICE_DOWN, FaultCode.SMART_CARD_READER_ABSENT}
)
"""After these a wait goes on waiting: the card is laid again, the service starts again."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stay:
    """One card's stay in one reader, from insertion to removal. Two stays are never equal, however quick the swap."""

    reader: str
    service: int  # which life of the service counted
    counter: int  # insertions and removals in that life


class CardWatch:
    """Watches the readers whose name begins with ``wanted``. Worker thread only, except ``cancel``."""

    def __init__(self, wanted: str) -> None:
        self._wanted = wanted
        self._context: Context | None = None
        self._life = 0
        self._cancelled = threading.Event()
        self.reconnects = 0

    def close(self) -> None:
        """Let the service go; the next look finds it again."""
        self._drop()

    def look(self) -> Sequence[ReaderState]:
        """The wanted readers as they are now. Faults: smart-card-service-down, smart-card-reader-absent."""
        return self._states((), 0.0)

    def cancel(self) -> None:
        """End the wait that is running, within a slice; from any thread, and never blocks."""
        self._cancelled.set()

    def begin(self) -> None:
        """A new wait begins: what was cancelled before is over."""
        self._cancelled.clear()

    def wait_present(self, until: float) -> Stay | None:
        """The card that lies in a wanted reader, there already or coming; None when the time is up."""
        return self._wait(until, self._first_present)

    def wait_gone(self, stay: Stay, until: float) -> bool:
        """Whether this very card left, even if another lies there now."""
        return self._wait(until, lambda states: None if self._still(stay, states) else True) is True

    def wait_empty(self, until: float) -> bool:
        """Whether every wanted reader became empty, whatever lay there."""
        return self._wait(until, lambda states: None if any(one.present for one in states) else True) is True

    def still(self, stay: Stay) -> bool:
        """Whether this very card lies there now, as far as the service has seen."""
        return self._still(stay, self.look())

    def use(self, stay: Stay, work: Callable[[CardLink], T]) -> T:
        """Connect to this very card, do ``work``, and give it back.

        Faults: card-removed (pulled or swapped at any moment), card-read-failed (lies there and does not answer),
        device-busy (another program holds it), smart-card-service-down.
        """
        if not self.still(stay):
            raise DriverError(FaultCode.CARD_REMOVED)
        try:
            with self._connect(stay) as link:
                done = work(link)
        except LinkLostError as error:
            raise self._explain(stay, error.lost) from None
        if not self.still(stay):
            raise DriverError(FaultCode.CARD_REMOVED)
        return done

    def wait_and_use(self, timeout: float, work: Callable[[CardLink], T]) -> tuple[Stay, T] | None:
        """Wait for a card and do ``work`` on it; a card pulled too early is waited for again. None when time is up.

        Faults: card-read-failed, device-busy, smart-card-service-down, smart-card-reader-absent, cancelled.
        """
        until, silent = time.monotonic() + timeout, 0
        while (stay := self.wait_present(until)) is not None:
            try:
                return stay, self.use(stay, work)
            except DriverError as error:
                quiet = "card" in error.details
                silent += quiet
                again = silent < ATTEMPTS and time.monotonic() < until if quiet else error.code in COMES_BACK
                if not again:
                    raise
            if time.monotonic() >= until:
                break
            self._pause()
        return None

    def _connect(self, stay: Stay) -> CardLink:
        patience = time.monotonic() + TAKEN_PATIENCE
        while True:
            context = self._context
            if context is None:
                raise LinkLostError(Lost.SERVICE)
            try:
                return CardLink(context, stay.reader)
            except LinkLostError as error:
                if error.lost is not Lost.TAKEN or time.monotonic() >= patience:
                    raise
            self._pause()

    def _explain(self, stay: Stay, lost: Lost) -> DriverError:
        """What a lost connection was: the service, a hand, another program, or the card itself."""
        if lost is Lost.SERVICE:
            self._drop()
            return DriverError(FaultCode.SMART_CARD_SERVICE_DOWN, retryable=True)
        if lost is Lost.TAKEN:
            return DriverError(FaultCode.DEVICE_BUSY, retryable=True)
        if self.wait_gone(stay, time.monotonic() + SETTLE):
            return DriverError(FaultCode.CARD_REMOVED)
        return DriverError(FaultCode.CARD_READ_FAILED, {"card": "mute" if lost is Lost.MUTE else "silent"})

    def _first_present(self, states: Sequence[ReaderState]) -> Stay | None:
        return next((Stay(one.name, self._life, one.counter) for one in states if one.present), None)

    def _still(self, stay: Stay, states: Sequence[ReaderState]) -> bool:
        return any(one.present and Stay(one.name, self._life, one.counter) == stay for one in states)

    def _wait(self, until: float, found: Callable[[Sequence[ReaderState]], T | None]) -> T | None:
        """Look again with every change until ``found`` finds something or the time is up (one look at least)."""
        known: Sequence[ReaderState] = ()
        trouble_since: float | None = None
        while True:
            if self._cancelled.is_set():
                raise DriverError(FaultCode.CANCELLED)
            now = time.monotonic()
            try:
                known = self._states(known, max(0.0, min(SLICE, until - now)))
            except DriverError:
                known = ()
                trouble_since = trouble_since or now
                if now >= min(trouble_since + GRACE, until):
                    raise
                self._pause()
                continue
            trouble_since = None
            if (value := found(known)) is not None:
                return value
            if now >= until:
                return None

    def _pause(self) -> None:
        if self._cancelled.wait(RETRY):
            raise DriverError(FaultCode.CANCELLED)

    def _states(self, known: Sequence[ReaderState], seconds: float) -> Sequence[ReaderState]:
        """The wanted readers' states, at once when one differs from ``known``, else after ``seconds``."""
        context = self._context or self._connect_service()
        code, names = context.readers()
        if code != Code.OK:
            raise self._service_down()
        wanted = [name for name in names if name.startswith(self._wanted)]
        if not wanted:
            raise DriverError(FaultCode.SMART_CARD_READER_ABSENT, retryable=True)
        before = {one.name: one for one in known}
        asked = [before.get(name) or ReaderState(name, pcsc.UNAWARE) for name in wanted]
        code, states = context.states(asked, int(seconds * 1000))
        if code == Code.OK:
            return states
        if code in (Code.TIMEOUT, Code.CANCELLED):
            return asked
        if code in pcsc.READER_GONE:
            raise DriverError(FaultCode.SMART_CARD_READER_ABSENT, retryable=True)
        raise self._service_down()

    def _connect_service(self) -> Context:
        context = Context()
        if context.code != Code.OK:
            context.release()
            raise DriverError(FaultCode.SMART_CARD_SERVICE_DOWN, retryable=True)
        self._context = context
        self.reconnects += self._life > 0
        self._life += 1
        return context

    def _service_down(self) -> DriverError:
        self._drop()
        return DriverError(FaultCode.SMART_CARD_SERVICE_DOWN, retryable=True)

    def _drop(self) -> None:
        context, self._context = self._context, None
        if context is not None:
            context.release()
