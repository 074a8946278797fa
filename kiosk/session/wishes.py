"""What a visit wants of its devices, kept alive: asked again while nobody lays a card, and when a device comes back.

A wish ends when it is fulfilled, when it fails for a reason that a person must see, or when the visit drops it. After
a device has failed its wish sleeps; ``recovered`` wakes it, so that a plug pulled and put back lets the visit go on.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from kiosk.contracts.device import DeviceKind, Job, Supervised
from kiosk.faults import Fault, FaultCode
from kiosk.workflow.events import DeviceFailed
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import MENDED_BY_LAYING_ANEW

D = TypeVar("D")
R = TypeVar("R")

PATIENT = frozenset({FaultCode.NO_CARD, FaultCode.NO_CODE, FaultCode.NO_TAX_DEVICE})


@dataclass(slots=True)
class _Wish:
    device: Supervised[Any]
    job: Callable[[Any], Any]
    answer: Callable[[Any], Event | None]
    again: Callable[[Any], Any] | None = None
    running: Job | None = None
    asleep: bool = False
    said: FaultCode | None = None  # while the same card lies there it is told once


class Wishes:
    """One wish a name. Thread-safe: answers come on the devices' threads."""

    def __init__(self, post: Callable[[Event], object]) -> None:
        self._post = post
        self._wishes: dict[str, _Wish] = {}
        self._lock = threading.RLock()

    def want(
        self,
        name: str,
        device: Supervised[D] | None,
        kind: DeviceKind,
        job: Callable[[D], R],
        answer: Callable[[R], Event | None],
        again: Callable[[D], R] | None = None,
    ) -> None:
        """Ask a device for something; the answer becomes an event. A newer wish of a name replaces the older.

        ``again`` is tried by itself after a failure that the person mends by laying the card anew.
        """
        self.drop(name)
        if device is None:
            self._post(DeviceFailed(kind, Fault(FaultCode.DEVICE_CONFIGURATION)))
            return
        wish = _Wish(device, job, answer, again)
        with self._lock:
            self._wishes[name] = wish
        self._ask(name, wish)

    def waits(self, name: str) -> bool:
        """Whether something of that name is wanted and has not come."""
        with self._lock:
            return name in self._wishes

    def drop(self, *names: str) -> None:
        """The visit does not want that any more."""
        for name in names:
            with self._lock:
                wish = self._wishes.pop(name, None)
            if wish is not None and wish.running is not None:
                wish.running.cancel()

    def drop_all(self) -> None:
        """End of a visit."""
        self.drop(*tuple(self._wishes))

    def recovered(self, kind: DeviceKind) -> bool:
        """A device works again: wake what waits for it. Whether anything did."""
        with self._lock:
            sleeping = [(n, w) for n, w in self._wishes.items() if w.asleep and w.device.kind is kind]
            for _, wish in sleeping:
                wish.asleep = False
        for name, wish in sleeping:
            self._ask(name, wish)
        return bool(sleeping)

    def _ask(self, name: str, wish: _Wish) -> None:
        def done(result: Any) -> None:
            self._done(name, wish, result)

        wish.running = wish.device.submit(wish.job, done)

    def _done(self, name: str, wish: _Wish, result: Any) -> None:
        with self._lock:
            if self._wishes.get(name) is not wish:
                return  # dropped or replaced meanwhile: a late answer belongs to nobody
        if isinstance(result, Fault):
            self._failed(name, wish, result)
            return
        with self._lock:
            self._wishes.pop(name, None)
        event = wish.answer(result)
        if event is not None:
            self._post(event)

    def _failed(self, name: str, wish: _Wish, fault: Fault) -> None:
        if fault.code in PATIENT:
            self._ask(name, wish)
            return
        if fault.code not in (FaultCode.CANCELLED, wish.said):
            self._post(DeviceFailed(wish.device.kind, fault))
        if wish.again is not None and fault.code in MENDED_BY_LAYING_ANEW:
            wish.job, wish.said = wish.again, fault.code
            self._ask(name, wish)
            return
        with self._lock:
            wish.asleep = True
