"""tasks: what waits for a person. A parked deed is closed by whoever has seen to it, a discrepancy by two people.

Nothing vanishes: closing a deed says how and is written into the audit trail with the clerk's number; what a fact
said stays on the disk.
"""

from dataclasses import replace

from kiosk.contracts.custody import SettleDiscrepancy

from . import room_effects as room
from .backroom import MANAGES
from .desk import Desk
from .events import backroom as ev
from .events import everywhere
from .machine import Effect, Event, Journey, Row, Step
from .scanned import with_room

SHORTEST = 2  # characters of an explanation


def manages(d: Desk) -> bool:
    """Whether the clerk may see the hall's discrepancies."""
    return d.staff is not None and bool(MANAGES & d.staff.roles)


def read_tasks(d: Desk) -> tuple[Effect, ...]:
    """What waits for a person, here and in the hall."""
    return (room.ReadTasks(manages(d)),)


def _read_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return read_tasks(d)


def listed(d: Desk, e: Event) -> Desk:
    """What is parked on this machine."""
    assert isinstance(e, ev.TasksListed)
    return with_room(d, tasks=e.tasks)


def discrepancies(d: Desk, e: Event) -> Desk:
    """What is open in the hall."""
    assert isinstance(e, ev.DiscrepanciesTold)
    return with_room(d, discrepancies=e.items)


def messages(d: Desk, e: Event) -> Desk:
    """Which messages reached nobody."""
    assert isinstance(e, ev.FailedMessagesTold)
    return with_room(d, messages=e.items)


def _is_message(d: Desk, e: Event) -> bool:
    assert isinstance(e, ev.MessageSeenTo)
    return any(one.id == e.id for one in d.room.messages)


def _see_to(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.MessageSeenTo)
    return (room.CloseMessage(e.id, e.told_as),)


def message_closed(d: Desk, e: Event) -> Desk:
    """It is off the list; whoever looks on the tray is told so."""
    assert isinstance(e, ev.MessageClosed)
    left = tuple(one for one in d.room.messages if one.id != e.id)
    return with_room(d, messages=left, done="message" if d.step == "see_tasks" else d.room.done)


def _is_task(d: Desk, e: Event) -> bool:
    assert isinstance(e, ev.TaskClosed)
    return any(one.id == e.id for one in d.room.tasks)


def _close(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.TaskClosed)
    task = next(one for one in d.room.tasks if one.id == e.id)
    return (room.CloseTask(task.id, task.deed, e.how),)


def _closed(d: Desk, e: Event) -> Desk:
    return with_room(replace(d, fault=None), done="task")


def _may_settle(d: Desk, e: Event) -> bool:
    assert isinstance(e, ev.SettleDiscrepancyAsked)
    known = any(one.id == e.id for one in d.room.discrepancies or ())
    supervises = d.staff is not None and "supervisor" in d.staff.roles
    return known and supervises and len(e.words.strip()) >= SHORTEST


def _settling(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.SettleDiscrepancyAsked)
    one = next(one for one in d.room.discrepancies or () if one.id == e.id)
    wanted = SettleDiscrepancy("", one.id, one.version, e.resolution, e.words.strip())
    return with_room(d, waiting=wanted, origin="see_tasks", done="")


def _failed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, everywhere.PlatformFailed)
    return replace(d, fault=e.fault)


def _seen(d: Desk, e: Event) -> Desk:
    return with_room(replace(d, fault=None), done="")


def _view(d: Desk, e: Event) -> tuple[Effect, ...]:
    """Everything about one case."""
    assert isinstance(e, ev.CaseViewed)
    return (room.ReadStory(e.case_id),)


TRAY: Journey[Desk] = Journey(
    "tasks",
    (
        Step("see_tasks", (
            Row(ev.TaskClosed, None, _closed, _close, _is_task),
            Row(ev.MessageSeenTo, None, _seen, _see_to, _is_message),
            Row(ev.SettleDiscrepancyAsked, "confirm_second", _settling, None, _may_settle),
            Row(ev.CaseViewed, "view_case", None, _view),
            Row(everywhere.PlatformFailed, None, _failed),
            Row(everywhere.RetryAsked, None, _seen, _read_again),
            Row(everywhere.BackAsked, "find_case"),
        ), enter=read_tasks),
    ),
)  # fmt: skip
