"""The customer's form while a clerk fills it in: the answers, what of them is proposed, what still stops. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.domain.finding import Finding
from kiosk.domain.ids import PersonRef
from kiosk.domain.item import Item
from kiosk.domain.person import Person
from kiosk.domain.private import Private
from kiosk.rules.review import review, stops
from kiosk.rules.steps import is_asked

from . import events as ev
from . import wishes as wish
from .machine import Event
from .visit import Visit


def _no_supervisor(v: Visit, e: Event) -> Visit:
    return wish.supervisor_settled(v)


# Pages of the terminal on which a proposal stands until somebody goes on.
_PROPOSED: tuple[tuple[str, wish.Keep], ...] = (
    ("tax_and_invoice", wish.invoice_agreed),
    ("seals", wish.seals_agreed),
    ("employment_insurance", wish.insurance_agreed),
    ("bank_appointment", wish.bank_agreed),
    ("name_people", _no_supervisor),
)


@dataclass(frozen=True, slots=True, repr=False)
class FormEntry(Private):
    """``visit``: the answers, as a visit at the terminal holds them. ``laid``: whose card lay on this window's
    reader, and when; only these can be confirmed here."""

    visit: Visit
    laid: tuple[tuple[PersonRef, datetime], ...] = ()

    def laid_at(self, ref: PersonRef) -> datetime | None:
        """When that person's card was read here."""
        return dict(self.laid).get(ref)


def agreed(v: Visit) -> Visit:
    """With every proposal that nobody changed taken for the answer, as going on at the terminal does."""
    if v.form.company_type is None:
        return v
    for step, keep in _PROPOSED:
        if is_asked(step, v.form):
            v = keep(replace(v, step=step), ev.NextAsked())
    return v


def findings_of(v: Visit) -> tuple[Finding, ...]:
    """Everything that stands between the form and its signatures, at once; the same review as at the terminal."""
    return (*v.findings, *review(agreed(v).form, v.now.date()))


def is_complete(v: Visit) -> bool:
    """Whether nothing stops."""
    return v.form.company_type is not None and not stops(review(agreed(v).form, v.now.date()))


def to_verify(v: Visit) -> tuple[Person, ...]:
    """Who is here and not verified, in order of entry."""
    return tuple(one for one in v.form.people if one.is_natural and not one.is_absent and not _holds(one, v.now))


def _holds(person: Person, now: datetime) -> bool:
    until = person.verified_until
    return person.verification_id is not None and (until is None or until > now)


def needs_consent(v: Visit) -> bool:
    """Nothing of anybody is collected here before the customer was told what for and agreed."""
    return v.consent is None and (not v.form.people or bool(to_verify(v)))


def wants_invoice_mode(v: Visit) -> bool:
    """Whether the tax office has still to say how it gives out the invoices; it goes by the name."""
    held = v.form.is_nameless or (v.form.name_verdict is not None and bool(v.form.name_verdict.reserve_no))
    return v.offers.invoice_mode is None and held and Item.INVOICE in v.form.items
