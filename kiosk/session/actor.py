"""One visit after the other at one terminal: walks the journeys, carries out their effects, forgets the person.

The session is an actor: events come in through ``post`` from any thread, are walked one by one on the session's own
thread, and every change goes out as an immutable Scene. Devices and platform are asked, never waited for.
"""

import queue
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

from kiosk.contracts.clock import Clock
from kiosk.contracts.device import DeviceReport, Unsubscribe
from kiosk.contracts.document_camera import PageView
from kiosk.contracts.face_camera import Frame
from kiosk.contracts.ledger import LedgerState
from kiosk.contracts.orders import Orders
from kiosk.domain.acts import Act
from kiosk.faults import Fault
from kiosk.rules.acts import standing_fault
from kiosk.workflow.machine import Effect, Event, Plan, Walking, advance, begin


class Timed(Walking, Protocol):
    """A state that knows when its last event happened."""

    @property
    def now(self) -> datetime:
        """Time of the last event."""


S = TypeVar("S", bound=Timed)

_LOOK_EVERY = 0.1  # seconds between two scenes that only show changed surroundings; an eye asks for no more


@dataclass(frozen=True, slots=True)
class Scene(Generic[S]):
    """Everything a screen may show at one moment."""

    state: S
    journey: str
    reports: tuple[DeviceReport, ...]
    online: bool
    ledger: LedgerState
    seq: int  # grows with every scene
    barred: Mapping[Act, Fault] = field(default_factory=lambda: MappingProxyType({}))  # what may not be done now
    stopped: Fault | None = None  # the platform's order, or why this terminal stopped itself
    heard: int = 0  # the last event that this scene knows of, by the number that ``post`` gave it
    page: int = 0  # how many steps were gone before; an act says on which of them it was given


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is true around the visit: asked for every scene, cheap and thread-safe."""

    reports: Callable[[], tuple[DeviceReport, ...]]
    online: Callable[[], bool]
    ledger: Callable[[], LedgerState]
    orders: Orders


class Hands(Protocol):
    """Carries out the effects of a role; answers come back through ``post``."""

    def carry_out(self, effect: Effect) -> None:
        """Called on the session's thread; never blocks beyond a local disk write."""

    def forget(self) -> None:
        """Stop everything that a visit asked for."""


class Session(Generic[S]):
    """The actor of one terminal."""

    def __init__(
        self,
        plan: Plan[S],
        fresh: Callable[[datetime], S],
        hands: Callable[["Session[S]"], Hands],
        around: Surroundings,
        clock: Clock,
    ) -> None:
        self._plan, self._fresh, self._around, self._clock = plan, fresh, around, clock
        self._events: queue.SimpleQueue[tuple[int, Event, int | None] | None] = queue.SimpleQueue()
        self._posted = self._heard = self._page = 0
        self._look_waits = False  # in line, or put off
        self._looked = float("-inf")
        self._in_line = threading.Lock()
        self._listeners: list[Callable[[Scene[S]], None]] = []
        self._frame_listeners: list[Callable[[Frame | PageView], None]] = []
        self._lock = threading.Lock()
        self._seq = 0
        self._scene: Scene[S] | None = None
        self._hands = hands(self)
        self._thread = threading.Thread(target=self._run, name="session")

    def start(self) -> None:
        """Begin at the plan's first step."""
        self._thread.start()

    def stop(self) -> None:
        """End; the visit's devices are stopped and the thread is joined."""
        self._events.put(None)
        if self._thread.is_alive():
            self._thread.join(5)

    def post(self, event: Event, page: int | None = None) -> int:
        """Something happened. Thread-safe, never blocks. Returns its number: a scene whose ``heard`` has reached it
        knows of it. ``page``: of the scene on which a person did it; another step is not meant by it, and hears only
        what holds everywhere."""
        with self._in_line:
            self._posted += 1
            self._events.put((self._posted, event, page))
            return self._posted

    def refresh(self) -> None:
        """The surroundings changed: show the same step again. Thread-safe, never blocks. Many changes in a row are
        one scene: an outage that is worked off changes them hundreds of times a second."""
        with self._in_line:
            if self._look_waits:
                return
            self._look_waits = True
        self.post(_Refresh())

    def subscribe(self, listener: Callable[[Scene[S]], None]) -> Unsubscribe:
        """Be told every scene, beginning with the present one; called on the session's thread."""
        with self._lock:
            self._listeners.append(listener)
            present = self._scene
        if present is not None:
            listener(present)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def on_frame(self, listener: Callable[[Frame | PageView], None]) -> Unsubscribe:
        """Be given the camera's live pictures; called on the camera's thread."""
        with self._lock:
            self._frame_listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._frame_listeners:
                    self._frame_listeners.remove(listener)

        return unsubscribe

    def show_frame(self, frame: Frame | PageView) -> None:
        """A live picture for whoever shows it."""
        with self._lock:
            listeners = tuple(self._frame_listeners)
        for listener in listeners:
            listener(frame)

    @property
    def scene(self) -> Scene[S] | None:
        """The present scene."""
        return self._scene

    def _run(self) -> None:
        state, effects = begin(self._plan, self._fresh(self._clock.now()))
        self._tell(state)
        self._carry_out(effects)
        put_off = False
        while True:
            try:
                came = self._events.get(timeout=self._until_look() if put_off else None)
            except queue.Empty:
                put_off = False
                self._tell(state)
                continue
            if came is None:
                break
            self._heard, event, page = came
            if isinstance(event, _Refresh) and self._until_look() > 0:
                put_off = True
                continue
            put_off = False  # what is told now shows the surroundings as well
            state = self._walk(state, event, late=page is not None and page != self._page)
        self._hands.forget()

    def _walk(self, state: S, event: Event, *, late: bool) -> S:
        if not isinstance(event, _Refresh):
            stamped = replace(state, now=self._clock.now())  # type: ignore[type-var]
            before, (state, effects) = state.step, advance(self._plan, stamped, event, late=late)
            self._page += state.step != before
            self._tell(state)
            self._carry_out(effects)
        else:
            self._tell(state)
        return state

    def _until_look(self) -> float:
        """Seconds until the surroundings may be shown again."""
        return max(0.0, self._looked + _LOOK_EVERY - time.monotonic())

    def _carry_out(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            self._hands.carry_out(effect)

    def _tell(self, state: S) -> None:
        around = self._around
        with self._in_line:
            self._look_waits = False  # what changes from here on is looked at again
        self._looked = time.monotonic()
        self._seq += 1
        scene = Scene(
            state, self._plan.journey_of(state.step), around.reports(), around.online(), around.ledger(), self._seq,
            around.orders.barred(), standing_fault(around.orders.standing()), self._heard,
            self._page,
        )  # fmt: skip
        with self._lock:
            self._scene = scene
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(scene)


class _Refresh(Event):
    """Only the surroundings changed."""
