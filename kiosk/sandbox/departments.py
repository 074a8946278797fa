"""What each simulated department does when its time has come.

accept → 市监 decides (credit code) → 公安 seals, 人社 and the rest in parallel; paper invoices wait for the seal's
impression → everything laid ready → READY. How a case goes another way is data: see data/offices.toml.
"""

from collections.abc import Callable

import msgspec
import sqlalchemy as sa

from kiosk.contracts import platform_api as api

from . import devices, office_book, preparing, rulings
from . import tables as t
from .casework import DEPARTMENTS, CaseWork
from .jobs import BY, Task, schedule
from .notifications import tell
from .platform import Platform

__all__ = ["JOBS", "Task", "begin", "schedule", "tell"]


def begin(platform: Platform, work: CaseWork) -> None:
    """A case was accepted: the first job, or at once all that a company's later items need."""
    if work.row.kind == "phased":
        begin_phased(platform, work)
    else:
        schedule(platform, work.tx, work.id, "take_up", platform.clock.office())


def begin_phased(platform: Platform, work: CaseWork) -> None:
    """Later items of a company that is there: nobody decides about it again, its items begin at once (分时办理)."""
    site = work.tx.c.execute(sa.select(t.site).where(t.site.c.id == work.row.site_id)).one()
    work.set(place=rulings.shelf(work.tx), pickup_window=site.pickup_window)
    work.move("start_phased", "system")
    digital = "digital" in office_book.rules(work.tx, "tax", work.row.name_full)
    if "SEAL" in work.item_states or ("INVOICE" in work.item_states and not digital):
        work.move("prepare", BY)
    rulings.start_later_items(platform, work, platform.clock.office())


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
