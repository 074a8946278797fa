"""The departments' table of jobs, on the offices' clock. Every job is one transaction; a late one is made up for."""

from typing import Any

import sqlalchemy as sa

from . import office_book
from . import tables as t
from .casework import CaseWork
from .departments import JOBS, Task
from .hall_hours import hall_time
from .office_book import Office
from .platform import Platform
from .rulings import look_out
from .transaction import Tx

_AT_WORK = ("ACCEPTED", "IN_REVIEW", "SUSPENDED", "APPROVED", "PREPARING", "READY", "PARTLY_COLLECTED")


def run_due(platform: Platform) -> int:
    """Do every job whose time has come, in order of time; how many."""
    done = 0
    while True:
        now = platform.clock.office()
        with platform.look() as tx:
            job = _first(tx, sa.and_(t.job.c.due <= now), now)
        if job is None:
            return done
        row, due = job
        _do(platform, row, due)
        done += 1


def next_due(platform: Platform) -> int | None:
    """When the next job is due on the offices' clock; what waits for somebody is not counted."""
    with platform.look() as tx:
        job = _first(tx, sa.true(), None)
    return None if job is None else job[1]


def hurry(platform: Platform, case_id: str, until: str, hold: tuple[str, ...] = ()) -> None:
    """Do one case's jobs now, whatever the time, until it has that state or only the held departments have work."""
    column = t.job.c
    mine = sa.and_(column.case_id == case_id, column.dept.not_in(hold)) if hold else column.case_id == case_id
    while True:
        with platform.look() as tx:
            state = tx.c.execute(sa.select(t.case.c.state).where(t.case.c.id == case_id)).scalar_one()
            job = None if state == until else _first(tx, mine, None)
        if job is None:
            return
        _do(platform, job[0], platform.clock.office())


def _first(tx: Tx, which: "sa.ColumnElement[bool]", now: int | None) -> tuple[Any, int] | None:
    column = t.job.c
    rows = tx.c.execute(sa.select(t.job).where(column.done.is_(False), which).order_by(column.due, column.id)).all()
    if not rows:
        return None
    offices = office_book.offices(tx)
    free = [row for row in rows if not offices[row.dept].waits(row.kind.partition(":")[0], row.decides)]
    timed = [(_at_work(tx, offices[row.dept], row), row) for row in free]
    due = [(when, row.id, row) for when, row in timed if now is None or when <= now]
    if not due:
        return None
    when, _, row = min(due, key=lambda one: one[:2])
    return row, when


def _at_work(tx: Tx, office: Office, job: Any) -> int:
    # Who keeps hall hours does what is due at night when the hall opens.
    due: int = job.due
    if not office.working_hours:
        return due
    site_id = tx.c.execute(sa.select(t.case.c.site_id).where(t.case.c.id == job.case_id)).scalar_one()
    return hall_time(tx, site_id).when_working(due)


def _do(platform: Platform, job: Any, due: int) -> None:
    with platform.transaction() as tx:
        work = CaseWork.open(tx, job.case_id)  # the case before its job: the order in which the wire decides as well
        mine = sa.update(t.job).where(t.job.c.id == job.id, t.job.c.done.is_(False)).values(done=True)
        if tx.c.execute(mine).rowcount != 1:
            return
        name, _, rest = job.kind.partition(":")
        if work.state in _AT_WORK and JOBS[name](Task(platform, work, due, rest)):
            look_out(work)
            work.save()
