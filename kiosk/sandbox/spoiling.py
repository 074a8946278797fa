"""A thing of a case is no good: its article is planned again, and the department makes another."""

from typing import Any

import sqlalchemy as sa

from . import states
from . import tables as t
from .casework import CaseWork
from .jobs import schedule
from .platform import Platform
from .refusal import Refused

_JOBS = {
    "licence_original": "licence", "licence_copy": "licence", "seal": "engrave", "invoice_volume": "volumes",
    "tax_device": "device",
}  # fmt: skip
_ONE_JOB = ("licence", "engrave")  # one run makes everything that is planned; the others make one thing each


def article_on(work: CaseWork, unit_id: str) -> Any:
    """The article that this thing stands for and that can still be collected, if there is one."""
    return next((one for one in work.articles if one.unit_id == unit_id and one.state == "PREPARED"), None)


def refuse_during_handover(work: CaseWork) -> None:
    """While a bundle of the case lies at a window nothing is changed about what belongs to it."""
    if work.row.open_handover is not None:
        raise Refused("handover-open", handover_id=work.row.open_handover)


def plan_again(platform: Platform, work: CaseWork, article: Any, by: str) -> None:
    """Take the thing off the article and order another. The caller saves the case."""
    tx = work.tx
    state = states.ARTICLE.after("PREPARED", "spoil")
    bare = {"serial": None, "unit_id": None, "batch_id": None, "first_no": None}
    tx.c.execute(sa.update(t.article).where(t.article.c.id == article.id).values(state=state, **bare))
    job, ordered = _JOBS[article.kind], False
    if work.item_states[article.item] == "PREPARED":
        work.move_item(article.item, "spoil", by)
    else:
        ordered = job in _ONE_JOB  # the run for the rest is still to come, or was ordered a moment ago
    if not ordered:
        schedule(platform, tx, work.id, job, platform.clock.office())
    if work.row.open_handover is None and work.may("spoil"):
        work.move("spoil", by)
