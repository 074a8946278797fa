"""Work that a department will do later. A job's kind is a word and, behind a colon, what it is about."""

import random
from dataclasses import dataclass

import sqlalchemy as sa

from . import office_book
from . import tables as t
from .casework import DEPARTMENTS, CaseWork
from .platform import Platform
from .transaction import Tx

BY = "department"  # in timelines and ledgers
_OF = {
    "take_up": "samr", "licence": "samr", "engrave": "police", "volumes": "tax", "device": "tax", "issuing": "tax",
    "issued": "tax", "again": "tax",
}  # fmt: skip
_ABOUT_ITEM = ("decide", "resume")
_OUT_OF_STOCK_MS = 60_000


@dataclass(frozen=True, slots=True)
class Task:
    """One job in hand. ``due`` is when it should have run: what follows is reckoned from there, late or not."""

    platform: Platform
    work: CaseWork
    due: int
    rest: str  # what the job is about, behind the colon of its kind


def schedule(
    platform: Platform, tx: Tx, case_id: str, kind: str, start: int, *, wait_ms: int | None = None, delay: str = ""
) -> None:
    """A job for later: drawn from the department's span, the same for one seed, case and kind."""
    name, _, rest = kind.partition(":")
    item = rest.partition(":")[0] if name in _ABOUT_ITEM else None
    dept = _OF[name] if item is None else DEPARTMENTS[item]
    if wait_ms is None:
        span = office_book.office(tx, dept).delay[delay or name]
        drawn = random.Random(f"{platform.settings.seed}:{case_id}:{kind}")
        wait_ms = int(drawn.uniform(*span) * 1000)
    row = {"case_id": case_id, "kind": kind, "due": start + wait_ms, "done": False, "dept": dept, "decides": item}
    tx.c.execute(t.job.insert().values(**row))


def look_again(task: Task, kind: str) -> None:
    """The store has not enough: somebody looks again in a minute. Counted from now, for nobody makes up for the looks
    that a clock which was moved on has jumped over."""
    start = max(task.due, task.platform.clock.office())
    schedule(task.platform, task.work.tx, task.work.id, kind, start, wait_ms=_OUT_OF_STOCK_MS)


def drop_decisions(tx: Tx, case_id: str, item: str) -> None:
    """Somebody else has decided this item: what its department meant to decide is off."""
    _drop(tx, case_id, t.job.c.decides == item)


def drop(tx: Tx, case_id: str, kind: str) -> None:
    """Somebody else has done it."""
    _drop(tx, case_id, t.job.c.kind == kind)


def _drop(tx: Tx, case_id: str, which: "sa.ColumnElement[bool]") -> None:
    open_ = sa.and_(t.job.c.case_id == case_id, t.job.c.done.is_(False))
    tx.c.execute(sa.update(t.job).where(open_, which).values(done=True))
