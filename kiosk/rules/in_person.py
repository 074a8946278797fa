"""Who may confirm in person that somebody is the holder of a card (当面核对), beside the path by the face."""

from kiosk.domain.case import OpeningForm
from kiosk.faults import Fault, FaultCode

CONFIRMING = frozenset({"helper", "clerk"})


def why_not_confirm(roles: frozenset[str], name: str, form: OpeningForm) -> Fault | None:
    """Why this member of staff may not confirm a person of this case; None: may.

    Nobody confirms in the own case. A terminal knows of its staff the name alone, so a namesake is taken for the same
    person: that costs a colleague's walk, the other mistake would cost the proof.
    """
    if not roles & CONFIRMING:
        return Fault(FaultCode.IN_PERSON_NOT_YOURS)
    named = {one.name for one in form.people} | {one.acting.name for one in form.people if one.acting is not None}
    named |= {one.name for one in form.individual.family}
    return Fault(FaultCode.IN_PERSON_OWN_CASE) if _plain(name) in {_plain(one) for one in named} else None


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()
