"""Which case an asker reaches: of the own hall, or shown by its applicant's code, and never with anybody's numbers to
a terminal that has nothing to do with it."""

from . import case_views, sight
from .call import Caller
from .casework import CaseWork
from .refusal import Refused
from .transaction import Tx


def site_of(tx: Tx, caller: Caller, case_id: str) -> str | None:
    """The hall a case must belong to for this asker; None where the applicant's code opened it from elsewhere."""
    return None if sight.has(tx, caller.terminal_id, case_id) else caller.site_id


def open_case(tx: Tx, caller: Caller, case_id: str) -> CaseWork:
    """The case to be worked on, locked; ``not-found`` for whoever may not see it whole."""
    return _seen(tx, caller, CaseWork.open(tx, case_id, site_of(tx, caller, case_id)))


def look_at(tx: Tx, caller: Caller, case_id: str) -> CaseWork:
    """The case to be read, whole."""
    return _seen(tx, caller, CaseWork.look(tx, case_id, site_of(tx, caller, case_id)))


def _seen(tx: Tx, caller: Caller, work: CaseWork) -> CaseWork:
    if not case_views.sees_all(tx, caller, work.row):
        raise Refused("not-found")
    return work
