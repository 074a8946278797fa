"""The uplink: takes questions from any thread and answers each exactly once, on a thread of its own."""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from kiosk.contracts.central_platform import Ask
from kiosk.contracts.device import Unsubscribe
from kiosk.domain.help_call import HelpCallId
from kiosk.faults import Fault, FaultCode

from .answering import Conversation, Surroundings
from .lane import Address, Cancel, Lane

log = logging.getLogger(__name__)

R = TypeVar("R")
_WORKERS = 2
_JOIN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class _Asked:
    question: Ask[Any]
    done: Callable[[Any], None]
    cancel: Cancel


class Uplink:
    """Implements kiosk.contracts.central_platform.CentralPlatform. ``seconds`` is one question's whole deadline."""

    def __init__(self, address: Address, around: Surroundings, seconds: float) -> None:
        self._address, self._around, self._seconds = address, around, seconds
        self._queue: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._live: set[Cancel] = set()
        self._online = False
        self._listeners: list[Callable[[bool], None]] = []
        self._help_listeners: list[Callable[[HelpCallId | None], None]] = []
        self._threads: list[threading.Thread] = []
        self._running = False

    def start(self) -> None:
        """Begin to answer."""
        self._running = True
        for number in range(_WORKERS):
            thread = threading.Thread(target=self._work, name=f"uplink-{number}")
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Break off what is running, answer what is waiting with "cancelled", join the threads."""
        with self._lock:
            self._running = False
            live = tuple(self._live)
        for cancel in live:
            cancel()
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join(_JOIN_SECONDS)
        self._threads.clear()

    def ask(self, question: Ask[R], done: Callable[[R | Fault], None]) -> Callable[[], None]:
        """Put a question. Before ``start`` and after ``stop`` the answer is "cancelled", on the asking thread."""
        cancel = Cancel()
        with self._lock:
            if running := self._running:
                self._live.add(cancel)
                self._queue.put(_Asked(question, done, cancel))
        if not running:
            done(Fault(FaultCode.CANCELLED))
        return cancel

    def online(self) -> bool:
        """Whether the platform answered last time."""
        return self._online

    def on_online(self, listener: Callable[[bool], None]) -> Unsubscribe:
        """Be told when that changes; called on the thread that noticed."""
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def on_help(self, listener: Callable[[HelpCallId | None], None]) -> Unsubscribe:
        """Be told when a call for a helper changed; called on the thread that reads the feed."""
        with self._lock:
            self._help_listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._help_listeners:
                    self._help_listeners.remove(listener)

        return unsubscribe

    def help_changed(self, call_id: HelpCallId | None) -> None:
        """The feed says that a call for a helper changed; None: it began anew, and any may have."""
        with self._lock:
            listeners = tuple(self._help_listeners)
        for listener in listeners:
            listener(call_id)

    def lane(self) -> Lane:
        """A lane of one's own, for one thread."""
        return Lane(self._address, self._around.clock, self._heard)

    def blob_lane(self) -> Lane:
        """A lane for uploads: that a large piece does not pass in time says nothing about the platform."""
        return Lane(self._address, self._around.clock, lambda answered: self._heard(True) if answered else None)

    def _heard(self, answered: bool) -> None:
        with self._lock:
            if self._online == answered:
                return
            self._online = answered
            listeners = tuple(self._listeners)
        log.info("platform %s", "answers" if answered else "does not answer")
        for listener in listeners:
            listener(answered)

    def _work(self) -> None:
        lane = self.lane()
        try:
            while (asked := self._queue.get()) is not None:
                answer = self._answer(lane, asked)
                with self._lock:
                    self._live.discard(asked.cancel)
                try:
                    asked.done(answer)
                except Exception as error:  # a listener's bug must not end the lane; its text may hold a value
                    log.error("answer to %s was not taken: %s", type(asked.question).__name__, type(error).__name__)
        finally:
            lane.close()

    def _answer(self, lane: Lane, asked: _Asked) -> object:
        try:
            answer: object = Conversation(self._around, lane, self._seconds, asked.cancel).answer(asked.question)
        except Exception as error:  # a bug of ours: whoever asked still hears exactly once
            log.error("question %s failed: %s", type(asked.question).__name__, type(error).__name__)
            answer = Fault(FaultCode.BROKEN_ANSWER, {"slug": "internal"})
        return Fault(FaultCode.CANCELLED) if asked.cancel.why else answer
