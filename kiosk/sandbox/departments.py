"""What each simulated department does when its time has come.

accept → 市监 decides (credit code) → 公安 seals, 人社 and the rest in parallel; paper invoices wait for the seal's
impression → everything laid ready → READY. How a case goes another way is data: see data/offices.toml.
"""

from collections.abc import Callable

import msgspec

from kiosk.contracts import platform_api as api

from . import devices, office_book, preparing, rulings
from .casework import DEPARTMENTS
from .jobs import BY, Task, schedule
from .notifications import tell
from .platform import Platform
from .transaction import Tx

__all__ = ["JOBS", "Task", "begin", "schedule", "tell"]


def begin(platform: Platform, tx: Tx, case_id: str) -> None:
    """A case was accepted: the first job."""
    schedule(platform, tx, case_id, "take_up", platform.clock.office())


def _take_up(task: Task) -> bool:
    task.work.move("take_up", BY)
    preparing.start(task.platform, task.work, "SETUP", task.due)
    return True


def _decide(task: Task) -> bool:
    work = task.work
    item, _, again = task.rest.partition(":")
    if work.item_states.get(item) != "IN_REVIEW":
        return False
    met = office_book.rules(work.tx, DEPARTMENTS[item], work.row.name_full)
    if "suspend" in met and not again:
        rulings.suspend(work, item, met["suspend"].reason_code)
        schedule(task.platform, work.tx, work.id, f"resume:{item}", task.due)
    elif "correction" in met and work.row.previous_case_id is None:  # who comes back has brought what was missing
        rule = met["correction"]
        missing = [msgspec.convert(msgspec.to_builtins(one), api.Requirement) for one in rule.requirements]
        rulings.correct(work, item, rule.reason_code, missing)
    elif "refuse" in met:
        rulings.refuse(work, item, met["refuse"].reason_code)
    else:
        rulings.approve(task.platform, work, item, task.due)
    return True


def _resume(task: Task) -> bool:
    if task.work.item_states.get(task.rest) != "SUSPENDED":
        return False
    rulings.resume(task.platform, task.work, task.rest, task.due)
    return True


JOBS: dict[str, Callable[[Task], bool]] = {
    "take_up": _take_up, "decide": _decide, "resume": _resume, "licence": preparing.licence,
    "engrave": preparing.engrave, "volumes": preparing.volumes, "device": devices.take, "issuing": devices.begin,
    "issued": devices.answer, "again": devices.answer_again,
}  # fmt: skip
