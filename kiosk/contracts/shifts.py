"""What a window asks when one clerk hands it to the next. Only online: both cards' words are the platform's to check,
and neither is ever written to a disk."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.ids import BatchId, StaffRef, UnitId, WindowId
from kiosk.domain.private import Private
from kiosk.domain.shift import OpenLine, Shift, WindowStanding

from .central_platform import Ask


@dataclass(frozen=True, slots=True)
class ReadStanding(Ask[WindowStanding]):
    """What the platform has open at the own window."""

    window: WindowId


@dataclass(frozen=True, slots=True, repr=False)
class OfferShift(Private, Ask[Shift]):
    """The window as it was counted, signed by the card of whoever leaves. Nothing moves by it, and it replaces an
    earlier offer. Fault: staff-unknown (the signature is not that card's)."""

    id: str
    window: WindowId
    at: datetime
    units: tuple[UnitId, ...]
    batches: tuple[tuple[BatchId, int], ...]
    open: tuple[OpenLine, ...]
    challenge: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class TakeShift(Ask[Shift]):
    """Whoever just confirmed as second person takes the window over; asked again for the same person, it is the same
    taking-over. Faults: second-person-wrong; shift-over (taken, or counted anew)."""

    shift_id: str
    window: WindowId
    incoming: StaffRef
