"""Cases that follow one another: an ended one and the case that takes it up again (R45)."""

from . import case_views, names
from .call import Caller
from .casework import CaseWork
from .refusal import Refused
from .transaction import Tx

ENDED_OPEN = ("RETURNED", "NOT_ACCEPTED", "WITHDRAWN", "EXPIRED")  # ends after which somebody may come again


def take_up(tx: Tx, caller: Caller, case_id: str) -> CaseWork:
    """The ended case somebody wants to take up again, locked: of this hall, visible, ended, not taken up before."""
    work = CaseWork.open(tx, case_id, caller.site_id)
    if not case_views.sees_all(tx, caller, work.row):
        raise Refused("not-found")
    if work.state not in ENDED_OPEN or work.row.kind != "opening" or work.row.next_case_id is not None:
        raise Refused("not-ended", state=work.state, next_case_id=work.row.next_case_id)
    return work


def link(tx: Tx, earlier: CaseWork, new_case_id: str) -> None:
    """Both know one another, and the reserved name goes along."""
    earlier.set(next_case_id=new_case_id)
    earlier.save()
    names.hand_on(tx, earlier.id, new_case_id)
