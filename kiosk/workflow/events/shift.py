"""Events of the hand-over of a shift."""

from dataclasses import dataclass

from kiosk.contracts.smart_card import SignedChallenge
from kiosk.domain.private import Private
from kiosk.domain.shift import Shift, WindowStanding
from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True)
class ShiftAsked(Event):
    """交接班."""


@dataclass(frozen=True, slots=True)
class StandingTold(Event):
    """What the platform has open at this window."""

    standing: WindowStanding


@dataclass(frozen=True, slots=True)
class ShiftOffered(Event):
    """The platform has compared the count with the book; the window waits for the next clerk."""

    shift: Shift


@dataclass(frozen=True, slots=True, repr=False)
class IncomingSigned(Private, Event):
    """The next clerk's card signed twice after one PIN: to take the window over, and to sign in at it."""

    taking: SignedChallenge
    signing_in: SignedChallenge


@dataclass(frozen=True, slots=True)
class ShiftTaken(Event):
    """The window is the next clerk's."""

    shift: Shift


__all__ = ["IncomingSigned", "ShiftAsked", "ShiftOffered", "ShiftTaken", "StandingTold"]
