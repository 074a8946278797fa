"""What the window remembers while it changes hands. Pure."""

from dataclasses import dataclass

from kiosk.contracts.smart_card import SignedChallenge
from kiosk.domain.private import Private
from kiosk.domain.shift import Shift, WindowStanding


@dataclass(frozen=True, slots=True, repr=False)
class ShiftWork(Private):
    """``shift``: as the platform compared it, later as it was taken; ``signing_in``: of the next clerk's card."""

    standing: WindowStanding | None = None
    shift: Shift | None = None
    signing_in: SignedChallenge | None = None
