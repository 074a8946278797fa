"""Whose card it is: a card alone may be a lost one, so behind it stands the face, or a helper, before anything of the
holder is shown. What the errands behind a card have in common (a slip once more, how a case stands)."""

from dataclasses import replace

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import FindCase
from kiosk.domain.case import OpeningCase, OpeningForm
from kiosk.domain.ids import PersonRef
from kiosk.domain.person import Person
from kiosk.faults import Fault, FaultCode

from . import effects as do
from . import events as ev
from .machine import Effect, Event
from .visit import MENDED_BY_LAYING_ANEW, Busy, Visit, with_card

_HOLDER = PersonRef("p1")


def is_valid(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.CardRead) and e.card.valid_on(v.now.date())


def laid(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.CardRead)
    return replace(with_card(v, e.card), busy=Busy.FINDING, fault=None)


def expired(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.CARD, fault=Fault(FaultCode.CARD_EXPIRED))


def noted(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.CardRead)
    return (do.Note(AuditKind.CARD_READ, (("card_kind", e.card.kind.value), ("purpose", v.step))), do.WatchCard())


def look_by_card(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.CardRead)
    return (*noted(v, e), do.LookForCase(FindCase(cert_no=e.card.number)))


def to_prove(v: Visit) -> Visit:
    """Nothing of what was found is shown; the form holds the one person to be checked."""
    assert v.card is not None
    card = v.card
    holder = Person(_HOLDER, card.name, card.cert_type, card.number, card.birth, card.valid_until)
    form = OpeningForm(people=(holder,), applicant=_HOLDER)
    return replace(v, form=form, verifying=_HOLDER, proving=True)


def with_progress(v: Visit, cases: tuple[OpeningCase, ...]) -> Visit:
    """The newest case; a person with several sees the one that moved last."""
    case = cases[0]
    return replace(v, known=case, case_id=case.id, slip_code=case.slip_code, busy=None)


def only_company(v: Visit) -> Visit:
    """Whoever has one company is not asked which."""
    assert v.later is not None
    (company, *more) = (*v.later.companies, None)
    return v if company is None or more != [None] else replace(v, later=replace(v.later, company=company))


def failed(v: Visit, e: Event) -> Visit:
    """The reader goes on listening by itself after what laying the card anew mends."""
    assert isinstance(e, ev.DeviceFailed | ev.PlatformFailed)
    listening = v.busy is Busy.CARD and e.fault.code in MENDED_BY_LAYING_ANEW
    return replace(v, busy=Busy.CARD if listening else None, fault=e.fault)


def listening(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.CARD, fault=None, card=None)
