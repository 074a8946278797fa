"""Events of a shareholder that is a company (企业股东)."""

from dataclasses import dataclass
from datetime import date

from kiosk.domain.holding import SignsAs
from kiosk.domain.ids import PersonRef
from kiosk.domain.private import Private
from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True, repr=False)
class CompanyGiven(Private, Event):
    """A company as its licence says it. ``ref`` None: a new shareholder, else the one whose lines were mended."""

    ref: PersonRef | None
    name: str
    uscc: str


@dataclass(frozen=True, slots=True, repr=False)
class SignerRight(Private, Event):
    """By what right somebody signs for a company; ``authorised_by`` its legal representative, where another signs."""

    company: PersonRef
    signs_as: SignsAs
    authorised_by: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class SignerNamed(Private, Event):
    """Somebody whom the case knows already signs for a company too: no card and no second check."""

    right: SignerRight
    person: PersonRef


@dataclass(frozen=True, slots=True, repr=False)
class SignerCardAsked(Private, Event):
    """Whoever signs for a company is about to lay the card."""

    right: SignerRight


@dataclass(frozen=True, slots=True)
class DueSet(Event):
    """出资期限: until when a shareholder has paid what was subscribed."""

    ref: PersonRef
    day: date
