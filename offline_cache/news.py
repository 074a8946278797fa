"""Tells whoever wants to know that something changed, on one thread of the cache, never inside a transaction."""

import logging
import queue
import threading
from collections.abc import Callable

from kiosk.contracts.device import Unsubscribe
from kiosk.domain.ids import CaseId

log = logging.getLogger(__name__)

Changed = Callable[[CaseId | None], None]
_JOIN_SECONDS = 5.0
_MANY = 24  # cases that changed while the listeners were busy; more than that are told as one: anything


class _End:
    """Ends the thread."""


class News:
    """Listeners of the ledger; ``tell`` never blocks."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[CaseId | _End | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._listeners: list[Changed] = []
        self._thread = threading.Thread(target=self._run, name="cache-news")

    def start(self) -> None:
        """Begin to tell."""
        self._thread.start()

    def stop(self) -> None:
        """Tell what is waiting, then end."""
        self._queue.put(_End())
        if self._thread.is_alive():
            self._thread.join(_JOIN_SECONDS)

    def tell(self, case_id: CaseId | None) -> None:
        """A case changed; None: anything. Told once while it waits, however often it is said."""
        self._queue.put(case_id)

    def subscribe(self, changed: Changed) -> Unsubscribe:
        """Be told; called on the cache's own thread."""
        with self._lock:
            self._listeners.append(changed)

        def unsubscribe() -> None:
            with self._lock:
                if changed in self._listeners:
                    self._listeners.remove(changed)

        return unsubscribe

    def _run(self) -> None:
        ended = False
        while not ended:
            ended, changed = self._waiting()
            for case_id in changed if len(changed) <= _MANY else (None,):
                self._tell(case_id)

    def _waiting(self) -> tuple[bool, dict[CaseId | None, None]]:
        """Whether it ends, and what changed, each once: waits for the first, and takes what else is there."""
        changed: dict[CaseId | None, None] = {}
        one = self._queue.get()
        while not isinstance(one, _End):
            changed[one] = None
            try:
                one = self._queue.get_nowait()
            except queue.Empty:
                return False, changed
        return True, changed

    def _tell(self, case_id: CaseId | None) -> None:
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            try:
                listener(case_id)
            except Exception as error:  # a listener's bug must not silence the others; its text may hold a value
                log.error("a listener of the ledger failed: %s", type(error).__name__)
