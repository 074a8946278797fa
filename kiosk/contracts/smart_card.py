"""Smart cards over PC/SC: staff cards today, other cards by the same door."""

from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.ids import StaffRef
from kiosk.domain.private import Private

from .device import Device


@dataclass(frozen=True, slots=True)
class StaffCard:
    """Whose card lies in the staff reader."""

    staff_ref: StaffRef


@dataclass(frozen=True, slots=True, repr=False)
class SignedChallenge(Private):
    """The card's answer to the platform's challenge, after the PIN was right."""

    staff_ref: StaffRef
    challenge: bytes
    signature: bytes  # Ed25519, 64 bytes


class StaffCardReader(Device, Protocol):
    """Blocking; worker thread only."""

    def wait_card(self, timeout: float) -> StaffCard:
        """Wait for a staff card. Faults: no-card, wrong-card, smart-card-service-down, cancelled."""

    def sign(self, pin: str, challenge: bytes) -> SignedChallenge:
        """Let the card check the PIN and sign. Faults: pin-wrong (details: left), pin-locked, card-removed."""

    def wait_removed(self, timeout: float) -> bool:
        """Whether the card left the reader within ``timeout`` seconds."""
