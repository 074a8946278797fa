"""show_queue: the hall's wall. Numbers and windows, nobody's name; each call is shown large and spoken in its turn.

It follows the platform's telling of the queue and says how old that is; it asks and decides nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.domain.ids import WindowId
from kiosk.domain.queue import HallQueue, TicketState, WindowNow

from . import effects as do
from . import events as ev
from . import queue_effects as queue_do
from .machine import Effect, Event, Journey, Plan, Row, Step

TURN_SECONDS = 8.0  # one call, said twice
_NEWS = timedelta(minutes=1)  # a call older than this, first seen now, is shown and no longer spoken


@dataclass(frozen=True, slots=True)
class NumberCall:
    """One number called to one window; called once more it is another."""

    number: str
    window: WindowId
    called_at: datetime


@dataclass(frozen=True, slots=True)
class Wall:
    """What hangs there. ``turns`` are calls still to be spoken, the first of them being spoken now."""

    now: datetime
    step: str = "show_queue"
    queue: HallQueue | None = None
    as_of: datetime | None = None
    live: bool = False
    known: frozenset[NumberCall] = frozenset()
    turns: tuple[NumberCall, ...] = ()
    speaking: bool = False
    idle_warned: bool = False


def latest(wall: Wall) -> WindowNow | None:
    """The window whose call stands large: the one being spoken, else the newest call that is still open."""
    windows = wall.queue.windows if wall.queue else ()
    if wall.turns:
        found = next((one for one in windows if one.window == wall.turns[0].window), None)
        return replace(found, number=wall.turns[0].number) if found else None
    called = [one for one in windows if one.state is TicketState.CALLED and one.called_at is not None]
    return max(called, key=lambda one: (one.called_at, one.window), default=None)


def _calls(queue: HallQueue) -> tuple[NumberCall, ...]:
    found = [
        NumberCall(one.number, one.window, one.called_at)
        for one in queue.windows
        if one.state is TicketState.CALLED and one.called_at is not None
    ]
    return tuple(sorted(found, key=lambda one: one.called_at))


def _told(w: Wall, e: Event) -> Wall:
    assert isinstance(e, ev.QueueTold)
    calls = _calls(e.queue)
    fresh = tuple(one for one in calls if one not in w.known and e.queue.at - one.called_at <= _NEWS)
    # Who was called over, missed or sent on meanwhile is not called any more.
    waiting = tuple(one for n, one in enumerate(w.turns) if n == 0 or one in calls)
    return replace(
        w, queue=e.queue, as_of=e.as_of, live=e.live, known=frozenset(calls) | frozenset(w.turns),
        turns=waiting + fresh,
    )  # fmt: skip


def _is_silent(w: Wall, e: Event) -> bool:
    return isinstance(e, ev.QueueTold) and not w.speaking and bool(_told(w, e).turns)


def _begin_turn(w: Wall, e: Event) -> Wall:
    return replace(_told(w, e), speaking=True)


def _next_turn(w: Wall, e: Event) -> Wall:
    turns = w.turns[1:]
    return replace(w, turns=turns, speaking=bool(turns))


def _linger(w: Wall, e: Event) -> tuple[Effect, ...]:
    return (do.Linger(TURN_SECONDS),) if w.speaking else ()


def _follow(w: Wall) -> tuple[Effect, ...]:
    return (queue_do.FollowQueue(),)


SHOW_QUEUE: Journey[Wall] = Journey(
    "show_queue",
    (
        Step("show_queue", (
            Row(ev.QueueTold, None, _begin_turn, _linger, _is_silent),
            Row(ev.QueueTold, None, _told),
            Row(ev.LingerOver, None, _next_turn, _linger),
        ), enter=_follow),
    ),
)  # fmt: skip

WALL: Plan[Wall] = Plan("show_queue", (SHOW_QUEUE,))
