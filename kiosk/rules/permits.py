"""Permits: when a bundle may be prepared, and when a prepared one may be finished, with or without network.

A permit was obtained online for exactly these lines, at this terminal and window, in this run of the program, by this
clerk. It ends by the platform's clock, so a terminal whose clock is unsure may not use it, and its last minute is
the platform's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.domain.handover import Handover, HandoverState, Match, PermitTerms
from kiosk.domain.ids import ArticleId, BlobId, StaffRef, VerificationId
from kiosk.domain.orders import Mode, Standing
from kiosk.domain.private import Private
from kiosk.faults import Fault, FaultCode

MARGIN = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Counter:
    """Where and by whom a permit would be used, now. ``staff_until``: when the clerk's sign-in is over."""

    terminal_id: str
    window: str
    boot: str
    staff_ref: StaffRef | None
    staff_until: datetime | None
    now: datetime
    sure: bool
    standing: Standing


@dataclass(frozen=True, slots=True, repr=False)
class Finishing(Private):
    """Everything that finishing a hand-over depends on."""

    handover: Handover | None
    counter: Counter
    verification: VerificationId | None  # the recipient's, from this very visit
    checks: tuple[tuple[ArticleId, Match], ...]
    signature: BlobId | None


def why_not_prepare(counter: Counter, unsettled: int) -> Fault | None:
    """Why nothing may be prepared. ``unsettled``: hand-overs of this window that are not acknowledged."""
    if counter.standing.mode is not Mode.NORMAL:
        return Fault(FaultCode.HANDOVER_STOPPED)
    if not counter.sure:
        return Fault(FaultCode.CLOCK_UNSURE)
    return Fault(FaultCode.HANDOVER_OPEN) if unsettled else None


def why_not_finish(finishing: Finishing) -> Fault | None:
    """The first condition that does not hold, as its own fault; None: hand over."""
    return next((Fault(code) for code, holds in CONDITIONS if not holds(finishing)), None)


def _terms(f: Finishing) -> PermitTerms | None:
    permit = f.handover.permit if f.handover else None
    return permit.terms if permit else None


def _valid(f: Finishing) -> bool:
    """Signed by the platform (terms are read only then), and about this very hand-over and its lines."""
    terms = _terms(f)
    return (
        f.handover is not None
        and f.handover.state is HandoverState.PREPARED
        and terms is not None
        and terms.handover_id == f.handover.id
        and terms.lines == f.handover.lines
    )


def _here(f: Finishing) -> bool:
    terms = _terms(f)
    return terms is not None and (terms.terminal_id, terms.window) == (f.counter.terminal_id, f.counter.window)


def _this_run(f: Finishing) -> bool:
    terms = _terms(f)
    return terms is not None and terms.boot == f.counter.boot


def _same_clerk(f: Finishing) -> bool:
    terms, counter = _terms(f), f.counter
    open_session = counter.staff_until is not None and counter.now < counter.staff_until
    return terms is not None and open_session and terms.staff_ref == counter.staff_ref


def _in_time(f: Finishing) -> bool:
    terms = _terms(f)
    return terms is not None and f.counter.now < terms.expires_at - MARGIN


def _all_checked(f: Finishing) -> bool:
    """Each article of the permit once, each the right one, nothing besides."""
    terms = _terms(f)
    wanted = sorted(line.article_id for line in terms.lines) if terms else []
    fitting = sorted(article for article, match in f.checks if match is Match.EQUAL)
    return bool(wanted) and wanted == fitting == sorted(article for article, _ in f.checks)


CONDITIONS: tuple[tuple[FaultCode, Callable[[Finishing], bool]], ...] = (
    (FaultCode.HANDOVER_STOPPED, lambda f: f.counter.standing.mode in (Mode.NORMAL, Mode.READ_ONLY)),
    (FaultCode.PERMIT_INVALID, _valid),
    (FaultCode.PERMIT_ELSEWHERE, _here),
    (FaultCode.PERMIT_BEFORE_RESTART, _this_run),
    (FaultCode.PERMIT_OTHER_CLERK, _same_clerk),
    (FaultCode.RECIPIENT_NOT_VERIFIED, lambda f: f.verification is not None),
    (FaultCode.ARTICLES_UNCHECKED, _all_checked),
    (FaultCode.SIGNATURE_MISSING, lambda f: f.signature is not None),
    (FaultCode.CLOCK_UNSURE, lambda f: f.counter.sure),
    (FaultCode.PERMIT_EXPIRED, _in_time),
)
