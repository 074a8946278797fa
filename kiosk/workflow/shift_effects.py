"""Effects of the hand-over of a shift."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.contracts.smart_card import SignedChallenge
from kiosk.domain.ids import BatchId, StaffRef, UnitId, WindowId
from kiosk.domain.private import Private
from kiosk.domain.shift import KeptShift, OpenLine

from .machine import Effect


@dataclass(frozen=True, slots=True)
class ReadStanding(Effect):
    """Ask the platform what is open at this window."""

    window: WindowId


@dataclass(frozen=True, slots=True, repr=False)
class OfferShift(Private, Effect):
    """Take the count and the leaving clerk's signature to the platform. The session gives it its id, and adds what
    this machine has not sent yet."""

    window: WindowId
    at: datetime
    units: tuple[UnitId, ...]
    batches: tuple[tuple[BatchId, int], ...]
    open: tuple[OpenLine, ...]
    signed: SignedChallenge


@dataclass(frozen=True, slots=True, repr=False)
class UnlockIncoming(Private, Effect):
    """Get two challenges, let the next clerk's card check the PIN and sign both: one to take over, one to sign in."""

    staff_ref: StaffRef
    pin: str


@dataclass(frozen=True, slots=True)
class TakeShift(Effect):
    """The next clerk takes the window over."""

    shift_id: str
    window: WindowId
    incoming: StaffRef


@dataclass(frozen=True, slots=True)
class KeepShift(Effect):
    """Keep on the disk what the sheet says. ``fields`` of the audit entry once it was taken, none while it is only
    counted."""

    kept: KeptShift
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LookForShift(Effect):
    """Ask the disk for the last hand-over of this window; and the platform, if the disk knows of a count but not
    whether it was taken."""

    window: WindowId


@dataclass(frozen=True, slots=True, repr=False)
class ChangeClerk(Private, Effect):
    """End the leaving clerk's session, then open the next one's: never both, and never in the other order."""

    signed: SignedChallenge
