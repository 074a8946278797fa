"""两处都改过: a draft of this window that another terminal changed too. The applicant says, answer by answer, which
of the two counts; the clerk's keys write it down.

Nothing is chosen beforehand, and nothing is decided by being left out: only when every answer was asked about does
the draft go on. What is being decided stands still; what came in meanwhile is seen by looking again.
"""

from dataclasses import replace

from kiosk.audit import AuditKind
from kiosk.contracts.ledger import SettleDraft
from kiosk.domain.case import OpeningCase
from kiosk.domain.draft_split import DraftConflict, DraftSplit, Side

from . import effects as do
from . import events as ev
from .desk import Desk, opened
from .machine import Effect, Event, Journey, Row, Step


def conflicts(d: Desk) -> tuple[DraftConflict, ...]:
    """Every answer that both sides gave differently, in the order of the form."""
    return d.split.conflicts if d.split is not None else ()


def undecided(d: Desk) -> int:
    """How many of them nobody has decided yet."""
    decided = dict(d.decided)
    return sum(one.where not in decided for one in conflicts(d))


def split_found(d: Desk, e: Event) -> Desk:
    """The free desk knows which drafts wait for a decision."""
    assert isinstance(e, ev.SplitsLooked)
    return replace(d, splits=e.splits)


def any_split(d: Desk, e: Event) -> bool:
    """Whether there is something to settle."""
    return bool(d.splits)


def _begin(d: Desk, case: OpeningCase, split: DraftSplit) -> Desk:
    return replace(opened(d, case), split=split, decided=(), fault=None)


def begin_oldest(d: Desk, e: Event) -> Desk:
    """The one that waits longest lies open; nothing is decided yet."""
    return _begin(d, *d.splits[0])


def _of_found(d: Desk, e: Event) -> tuple[OpeningCase, DraftSplit] | None:
    assert isinstance(e, ev.CasesFound)
    here = {case.id for case in e.cases}
    return next((one for one in d.splits if one[0].id in here), None)


def is_of_found(d: Desk, e: Event) -> bool:
    """Whether the case that was found is one of them."""
    return _of_found(d, e) is not None


def begin_found(d: Desk, e: Event) -> Desk:
    """The case that somebody came with lies open."""
    found = _of_found(d, e)
    assert found is not None
    return _begin(d, *found)


def _newest(d: Desk) -> tuple[OpeningCase, DraftSplit] | None:
    return next((one for one in d.splits if d.case is not None and one[0].id == d.case.id), None)


def _is_still_split(d: Desk, e: Event) -> bool:
    return _newest(d) is not None


def _look_again(d: Desk, e: Event) -> Desk:
    """With what the other side answers now; what was decided about other words is asked again."""
    found = _newest(d)
    assert found is not None
    return _begin(d, *found)


def _is_asked(d: Desk, e: Event) -> bool:
    return isinstance(e, ev.SideChosen) and any(one.where == e.where for one in conflicts(d))


def _chosen(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.SideChosen)
    others = tuple(one for one in d.decided if one[0] != e.where)
    return replace(d, fault=None, decided=(*others, (e.where, e.side)))


def _all_decided(d: Desk, e: Event) -> bool:
    return d.split is not None and undecided(d) == 0


def _settle(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert d.split is not None and d.case is not None
    deed = SettleDraft(d.case.id, d.case.slip_code, d.split.settled(dict(d.decided)), d.split.version)
    sides = [side for _, side in d.decided]
    fields = (("mine", str(sides.count(Side.MINE))), ("theirs", str(sides.count(Side.THEIRS))))
    return (do.Record(deed, AuditKind.DRAFT_SETTLED, fields),)


def _follow(d: Desk) -> tuple[Effect, ...]:
    return (do.FollowCase(d.case.id),) if d.case else ()


SETTLE: Journey[Desk] = Journey(
    "settle",
    (
        Step("settle_draft", (
            Row(ev.SideChosen, None, _chosen, None, _is_asked),
            Row(ev.NextAsked, None, None, _settle, _all_decided),
            Row(ev.DeedRecorded, "find_case"),
            Row(ev.RetryAsked, None, _look_again, None, _is_still_split),
            Row(ev.RetryAsked, "find_case"),
            Row(ev.BackAsked, "find_case"),
        ), enter=_follow),
    ),
)  # fmt: skip
