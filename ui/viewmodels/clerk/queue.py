"""The queue in the rail of every desk screen: who is here, who waits, what may be done with a number, and the one
question that some of it takes."""

from datetime import datetime

from kiosk.domain.ids import TicketId, WindowId
from kiosk.domain.queue import Missed, Priority, Ticket, TicketMove, TicketState, WindowNow
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk
from kiosk.workflow.machine import Event
from kiosk.workflow.queue import is_done_with
from ui.viewmodels.page import Row
from ui.viewmodels.sight import Sight, Touch

from .fault_rows import fault_row

_WAITING = 4  # as many numbers as stand below each other
_CHOICES = 9  # one digit each
_PAUSES = ("rest", "lunch", "device", "papers")
_TRANSFERS = ("go_on", "helper", "device")


def shown(s: Sight[Desk]) -> bool:
    """Only a clerk on duty is told the queue."""
    return s.state.staff is not None and s.state.line.queue is not None


def data(s: Sight[Desk]) -> dict[str, object]:
    """Texts of the rail."""
    d, line = s.state, s.state.line
    queue, here, ask = line.queue, line.ticket, s.note("ask")
    waiting = queue.standing(TicketState.WAITING) if queue else ()
    longest = max((_minutes(one.taken_at, d.now) for one in waiting), default=0)
    stands = ""
    if here is not None:
        called = here.state is TicketState.CALLED
        stands = s.say("queue.called", n=here.calls) if called else s.say("queue.serving")
    said = ""
    if line.asking:
        said = s.say("queue.asking")
    elif line.paused:
        said = s.say("queue.paused")
    elif not s.scene.online:
        said = s.say("queue.offline")
    elif line.nobody:
        said = s.say("queue.nobody")
    return {
        "queueShown": shown(s),
        "here": here.number if here else "",
        "hereAt": here.called_at.timestamp() * 1000 if here and here.called_at else 0,
        "hereWords": stands,
        "waitingTitle": s.say("queue.waiting", n=len(waiting)),
        "longest": s.say("queue.longest", n=longest) if waiting else "",
        "queueSaid": said,
        "queueAsOf": s.say("queue.as_of", at=f"{line.as_of:%H:%M}") if line.as_of and not s.scene.online else "",
        "question": ask if ask in _QUESTIONS and shown(s) else "",
        "questionTitle": s.say(f"queue.ask.{ask}") if ask in _QUESTIONS else "",
        "questionLeave": s.say("queue.ask.leave"),
    }  # fmt: skip


def lists(s: Sight[Desk]) -> dict[str, tuple[Row, ...]]:
    """Lists of the rail."""
    if not shown(s):
        return {"waiting": (), "queueKeys": (), "answers": ()}
    ask = s.note("ask")
    return {
        "waiting": tuple(_row(s, one) for one in _waiting(s)[:_WAITING]),
        "queueKeys": _keys(s),
        "answers": _QUESTIONS[ask](s)[:_CHOICES] if ask in _QUESTIONS else (),
    }


def banners(s: Sight[Desk]) -> tuple[Row, ...]:
    """Why calling did not work."""
    fault = s.state.line.fault
    return () if fault is None else ({**fault_row(s, fault), "key": "queue"},)


def _minutes(since: datetime, now: datetime) -> int:
    return max(0, int((now - since).total_seconds() // 60))


def _waiting(s: Sight[Desk]) -> tuple[Ticket, ...]:
    queue = s.state.line.queue
    return queue.standing(TicketState.WAITING) if queue else ()


def _returning(s: Sight[Desk]) -> tuple[Ticket, ...]:
    queue = s.state.line.queue
    return tuple(one for one in queue.standing(TicketState.MISSED) if one.may_return) if queue else ()


def _row(s: Sight[Desk], ticket: Ticket) -> Row:
    words = s.say(f"priority.{ticket.priority.value}") if ticket.priority else ""
    mine = ticket.for_window == s.state.window and ticket.for_window
    return {
        "key": ticket.id,
        "number": ticket.number,
        "words": s.say("queue.for_here") if mine else words,
        "minutes": s.say("queue.minutes", n=_minutes(ticket.taken_at, s.state.now)),
    }


def _key(s: Sight[Desk], name: str, cap: str, *, enabled: bool, words: str = "") -> Row:
    return {"key": name, "shortcut": cap, "words": s.say(words or f"queue.key.{name}"), "action": name,
            "enabled": enabled}  # fmt: skip


def _keys(s: Sight[Desk]) -> tuple[Row, ...]:
    """What may be done now; without network only what the platform need not be asked for, which is nothing here."""
    d, line, here = s.state, s.state.line, s.state.line.ticket
    ready = s.scene.online and not line.asking
    called = ready and here is not None and here.state is TicketState.CALLED
    serving = ready and here is not None and here.state is TicketState.SERVING
    free = here is None or here.state is TicketState.SERVING
    desk = d.step == "find_case"
    may_call = free and not line.asking and not line.paused and is_done_with(d) and (ready or here is not None)
    done_only = not s.scene.online and here is not None
    return (
        _key(s, "call_next", "F2", enabled=may_call, words="queue.key.done_only" if done_only else ""),
        _key(s, "start", "F4", enabled=called and desk),
        _key(s, "recall", "F9", enabled=called and desk),
        _key(s, "ask.miss", "F10", enabled=called and desk, words="queue.key.miss"),
        _key(s, "ask.transfer", "F12", enabled=(called or serving) and desk, words="queue.key.transfer"),
        _key(s, "ask.raise", "Ctrl+O", enabled=ready and desk and bool(_waiting(s)), words="queue.key.raise"),
        _key(s, "ask.return", "Ctrl+G", enabled=ready and desk and bool(_returning(s)), words="queue.key.return"),
        _key(s, "ask.pause", "Ctrl+P", enabled=ready and desk and not line.paused, words="queue.key.pause"),
        _key(s, "open_window", "Ctrl+P", enabled=ready and line.paused and desk),
    )


def _choice(n: int, text: str, act: str = "", **sets: str) -> Row:
    """One answer with its digit: what it does, and what the screen remembers then."""
    return {"key": str(n), "cap": str(n), "text": text, "act": act, "sets": {"ask": "", **sets}}


def _misses(s: Sight[Desk]) -> tuple[Row, ...]:
    return tuple(
        _choice(n, s.say(f"queue.missed.{why.value}"), f"queue.miss.{why.value}") for n, why in enumerate(Missed, 1)
    )


def _windows(s: Sight[Desk]) -> tuple[Row, ...]:
    queue = s.state.line.queue
    others = [one for one in queue.windows if one.window != s.state.window and one.open] if queue else []
    rows = [_choice(1, s.say("queue.any_window"), ask="transfer_why", to="")]
    rows += [
        _choice(n, _window_words(s, one), ask="transfer_why", to=str(one.window)) for n, one in enumerate(others, 2)
    ]
    return tuple(rows)


def _window_words(s: Sight[Desk], window: WindowNow) -> str:
    name = s.say("queue.window", n=window_number(window.window))
    return f"{name}　{window.number}" if window.number else name


def window_number(window: str) -> str:
    """w-03 is window 3."""
    figures = window.rpartition("-")[2].lstrip("0")
    return figures or window


def _transfers(s: Sight[Desk]) -> tuple[Row, ...]:
    return tuple(
        _choice(n, s.say(f"queue.transfer.{why}"), f"queue.transfer.{why}") for n, why in enumerate(_TRANSFERS, 1)
    )


def _raised(s: Sight[Desk]) -> tuple[Row, ...]:
    return tuple(_choice(n, one.number, ask="raise_why", ticket=str(one.id)) for n, one in enumerate(_waiting(s), 1))


def _reasons(s: Sight[Desk]) -> tuple[Row, ...]:
    return tuple(
        _choice(n, s.say(f"priority.{why.value}"), f"queue.raise.{why.value}") for n, why in enumerate(Priority, 1)
    )


def _returns(s: Sight[Desk]) -> tuple[Row, ...]:
    return tuple(_choice(n, one.number, f"queue.return.{one.id}") for n, one in enumerate(_returning(s), 1))


def _pauses(s: Sight[Desk]) -> tuple[Row, ...]:
    return tuple(_choice(n, s.say(f"queue.pause.{why}"), f"queue.pause.{why}") for n, why in enumerate(_PAUSES, 1))


_QUESTIONS = {
    "miss": _misses, "transfer": _windows, "transfer_why": _transfers, "raise": _raised, "raise_why": _reasons,
    "return": _returns, "pause": _pauses,
}  # fmt: skip


def event(touch: Touch[Desk]) -> Event | None:
    """What a key of the queue, or an answer to its question, means."""
    s = touch.sight
    if not shown(s):
        return None
    here = s.state.line.ticket
    simple: dict[str, Event] = {"call_next": ev.CallNextAsked(), "open_window": ev.PauseAsked(False)}
    if here is not None:
        simple |= {
            "start": ev.TicketMoveAsked(here.id, TicketMove.START),
            "recall": ev.TicketMoveAsked(here.id, TicketMove.RECALL),
        }
    if touch.name in simple:
        return simple[touch.name]
    queue, verb, what = (*touch.name.split(".", 2), "", "")[:3]
    return _answered(s, verb, what) if queue == "queue" else None


def _answered(s: Sight[Desk], verb: str, what: str) -> Event | None:
    here = s.state.line.ticket
    if verb == "pause" and what in _PAUSES:
        return ev.PauseAsked(True, s.say(f"queue.pause.{what}"))
    if verb == "return":
        return ev.TicketMoveAsked(TicketId(what), TicketMove.RETURN)
    if verb == "raise" and what in {one.value for one in Priority} and s.note("ticket"):
        return ev.TicketMoveAsked(TicketId(s.note("ticket")), TicketMove.RAISE, what)
    if verb == "miss" and here is not None and what in {one.value for one in Missed}:
        return ev.TicketMoveAsked(here.id, TicketMove.MISS, what)
    if verb == "transfer" and here is not None and what in _TRANSFERS:
        reason, window = s.say(f"queue.transfer.{what}"), WindowId(s.note("to"))
        return ev.TicketMoveAsked(here.id, TicketMove.TRANSFER, reason, window)
    return None
