"""What is known of a job that broke off, and what may be done when the same receipt is wanted again.

Nothing of the receipt itself is kept: the person may have gone. A digest tells whether it is the same one.
"""

import enum
import hashlib
from dataclasses import dataclass

from kiosk.contracts.printing import Receipt
from kiosk.faults import FaultCode

# The printer keeps what it has not printed and goes on with it as soon as a hand has helped.
KEEPS_ITS_DATA = frozenset(
    {FaultCode.PAPER_OUT, FaultCode.COVER_OPEN, FaultCode.PRINTER_OVERHEATED, FaultCode.CUTTER_JAM}
)


class Way(enum.Enum):
    """How to go on with the same receipt."""

    CONTINUE = "continue"  # on the same line: what was sent comes out by itself, then the rest is sent
    AGAIN = "again"  # it is certainly not whole: part it off, print it anew and mark it 补打
    UNSURE = "unsure"  # it may be whole: a person looks at the paper and decides


@dataclass(frozen=True, slots=True)
class Variant:
    """How a receipt was sent: marked 补打, and with a cut before it that parts it from what was torn."""

    again: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Unfinished:
    """``sent`` of ``slices`` were given to the line, the last of them perhaps in part. ``held``: the line is still
    the same one and the printer still has what was sent. ``told``: somebody has been asked to look."""

    receipt: bytes
    variant: Variant
    slices: int
    sent: int
    cause: FaultCode | None = None
    held: bool = False
    told: bool = False

    def way(self) -> Way:
        """How to go on."""
        if self.held and self.cause in KEEPS_ITS_DATA:
            return Way.CONTINUE
        return Way.UNSURE if self.sent == self.slices and not self.told else Way.AGAIN


def digest(receipt: Receipt) -> bytes:
    """Tells one receipt from another."""
    told = hashlib.sha256(f"{receipt.job}\0{receipt.reprint}".encode())
    for line in receipt.lines:
        told.update(f"\0{line.kind.value}\0{line.label}\0{line.value}".encode())
    return told.digest()
