"""Events of signers who are not here: who they are, what a card says of them, and the link by which they sign."""

from dataclasses import dataclass

from kiosk.contracts.social_card import SocialCard
from kiosk.domain.ids import PersonRef
from kiosk.domain.private import Private
from kiosk.domain.signing import SigningLink
from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True, repr=False)
class AbsentGiven(Private, Event):
    """Somebody who lays no card here, as the certificate says it. ``ref`` None: a new person, else the one whose
    lines were mended."""

    ref: PersonRef | None
    name: str
    number: str
    phone: str


@dataclass(frozen=True, slots=True)
class SocialCardAsked(Event):
    """Name and number of that person are to come from a social-security card."""


@dataclass(frozen=True, slots=True, repr=False)
class SocialCardRead(Private, Event):
    """A social-security card was read."""

    card: SocialCard


@dataclass(frozen=True, slots=True)
class SocialCardStopped(Event):
    """Typed after all, or nobody is named: what a card said is forgotten."""


@dataclass(frozen=True, slots=True)
class LinkAsked(Event):
    """A signing link for somebody who is not here."""

    ref: PersonRef


@dataclass(frozen=True, slots=True, repr=False)
class SigningLinkMade(Private, Event):
    """The link; it went to that person's phone as well."""

    link: SigningLink


@dataclass(frozen=True, slots=True)
class LinkShut(Event):
    """The link was shown long enough."""
