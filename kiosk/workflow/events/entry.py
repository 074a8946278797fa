"""Events of a clerk who fills in the form for the customer."""

from dataclasses import dataclass

from kiosk.domain.ids import PersonRef
from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True)
class EntryAsked(Event):
    """新办一件, or 接着填 of the half-done case that lies open."""


@dataclass(frozen=True, slots=True)
class PersonConfirmed(Event):
    """The clerk compared a person of the form with the card that was laid, face to face (人证相符)."""

    ref: PersonRef


@dataclass(frozen=True, slots=True)
class SigningAsked(Event):
    """The form is filled in and is to be signed. What is proposed and was not changed is agreed with it."""
