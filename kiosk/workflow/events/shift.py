"""Events of the hand-over of a shift."""

from dataclasses import dataclass

from kiosk.contracts.smart_card import SignedChallenge
from kiosk.domain.private import Private
from kiosk.domain.shift import KeptShift, Shift, WindowStanding
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


@dataclass(frozen=True, slots=True)
class ShiftLooked(Event):
    """The last hand-over of this window, and whether its sheet came out; None: there was none, or it is unknown."""

    kept: KeptShift | None


@dataclass(frozen=True, slots=True)
class LastSheetAsked(Event):
    """The sheet of the last hand-over, once more or at last (补打)."""


__all__ = [
    "IncomingSigned", "LastSheetAsked", "ShiftAsked", "ShiftLooked", "ShiftOffered", "ShiftTaken", "StandingTold",
]  # fmt: skip
