"""What every device of the hall has in common: state, supplies, a report, and a worker that keeps it alive.

The device Protocols beside this module are blocking and are only ever called on their device's own worker thread.
The inside never calls them directly: it hands a job to ``Supervised.submit`` and gets the outcome as a value.
Names follow UPOS for the life cycle and XFS4IoT for the status.
"""

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from kiosk.faults import Fault

D_co = TypeVar("D_co", covariant=True)
R = TypeVar("R")


class DeviceKind(enum.Enum):
    """Kinds of device; the value is the name in the configuration and in the platform's heartbeat."""

    ID_CARD_READER = "id_card_reader"
    STAFF_CARD_READER = "staff_card_reader"
    SOCIAL_CARD_READER = "social_card_reader"
    TAX_DEVICE = "tax_device"
    FACE_CAMERA = "face_camera"
    CODE_SCANNER = "code_scanner"
    DOCUMENT_CAMERA = "document_camera"
    RECEIPT_PRINTER = "receipt_printer"
    DOCUMENT_PRINTER = "document_printer"


class DeviceState(enum.Enum):
    """NEEDS_HAND: somebody here can mend it. FAILED: a technician must. ABSENT: not plugged in."""

    STARTING = "STARTING"
    READY = "READY"
    BUSY = "BUSY"
    NEEDS_HAND = "NEEDS_HAND"
    FAILED = "FAILED"
    ABSENT = "ABSENT"


class Supply(enum.Enum):
    """Paper, ribbon, toner."""

    FULL = "FULL"
    LOW = "LOW"
    OUT = "OUT"
    UNKNOWN = "UNKNOWN"


class Ability(enum.Enum):
    """What not every device of its kind can do: said by the device, never guessed from its name."""

    COMPARES_FACES = "compares_faces"  # a face before the camera with the picture on a card
    DECODES_PORTRAITS = "decodes_portraits"  # the picture on a card's chip


@dataclass(frozen=True, slots=True)
class DeviceReport:
    """The last word about one device. ``at`` is when this state began."""

    name: str
    kind: DeviceKind
    state: DeviceState
    supply: Supply = Supply.UNKNOWN
    fault: Fault | None = None
    model: str = ""
    serial: str = ""
    at: datetime | None = None
    abilities: frozenset[Ability] = frozenset()
    counts: Mapping[str, int] = field(default_factory=dict)  # opened, ok, refused, failed, reconnects, crashes,
    # and what the driver itself counts


class Device(Protocol):
    """What the supervisor needs of every driver, beside what its kind can do. All calls on one worker thread;
    failures are the drivers' own error type, which the supervisor turns into a Fault."""

    def open(self) -> None:
        """Connect and learn what the device can do; safe to call again after close."""

    def close(self) -> None:
        """Let go of the wire: idempotent, within two seconds, never raises."""

    def check(self) -> DeviceReport:
        """A cheap look at state and supplies (the heartbeat); raises when the device is gone."""

    def cancel(self) -> None:
        """End a wait that is running. The only call allowed from another thread."""


class Job(Protocol):
    """A job that was handed to a device."""

    def cancel(self) -> None:
        """Ask it to end; its outcome is then the fault ``cancelled``."""


class Supervised(Protocol[D_co]):
    """A device with its worker: connects, reconnects with back-off, reports, and runs jobs one after the other."""

    name: str
    kind: DeviceKind

    def submit(self, job: Callable[[D_co], R], done: Callable[[R | Fault], None]) -> Job:
        """Run ``job(device)`` on the worker; ``done(result or Fault)`` comes exactly once: on the worker, or on
        the supervisor's own when the worker is busy, gone or hung. It must return quickly."""

    def report(self) -> DeviceReport:
        """The last word, without waiting."""


Unsubscribe = Callable[[], None]
