"""The departments' table of jobs, on the offices' clock. Every job is one transaction; a late one is made up for."""

import sqlalchemy as sa

from . import states
from . import tables as t
from .casework import CaseWork
from .departments import JOBS, Task, tell
from .platform import Platform

_AT_WORK = ("ACCEPTED", "IN_REVIEW", "SUSPENDED", "APPROVED", "PREPARING")


def run_due(platform: Platform) -> int:
    """Do every job whose time has come, in order of time; how many."""
    done = 0
    while _run_one(platform):
        done += 1
    return done


def next_due(platform: Platform) -> int | None:
    """When the next job is due on the offices' clock."""
    with platform.look() as tx:
        due: int | None = tx.c.execute(sa.select(sa.func.min(t.job.c.due)).where(t.job.c.done.is_(False))).scalar()
    return due


def _run_one(platform: Platform) -> bool:
    column = t.job.c
    with platform.look() as tx:
        now = platform.clock.office()
        ready = sa.select(t.job).where(column.done.is_(False), column.due <= now)
        job = tx.c.execute(ready.order_by(column.due, column.id).limit(1)).first()
    if job is None:
        return False
    with platform.transaction() as tx:
        mine = sa.update(t.job).where(column.id == job.id, column.done.is_(False)).values(done=True)
        if tx.c.execute(mine).rowcount == 1:
            work = CaseWork.open(tx, job.case_id)
            name, _, rest = job.kind.partition(":")
            if work.state in _AT_WORK and JOBS[name](Task(platform, work, job.due, rest)):
                _look_out(work)
                work.save()
    return True


def _look_out(work: CaseWork) -> None:
    # Whatever was done last may have been the last thing of all.
    if work.state not in ("APPROVED", "PREPARING"):
        return
    count = sa.select(sa.func.count()).select_from(t.article).where(t.article.c.case_id == work.id)
    event = states.outlook(work.item_states.values(), work.tx.c.execute(count).scalar_one() > 0)
    if event is not None:
        work.move(event, "system")
        if event == "all_prepared":
            tell(work.tx, work.id, "ready")
