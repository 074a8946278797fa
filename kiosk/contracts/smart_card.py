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
        """Wait for a staff card.

        Faults: no-card, wrong-card, card-read-failed, device-busy, smart-card-service-down, smart-card-reader-absent,
        cancelled.
        """

    def sign(self, pin: str, challenge: bytes) -> SignedChallenge:
        """Let the card of the last ``wait_card`` check the PIN and sign; the challenge has 32 bytes.

        Faults: pin-wrong (details: left; none when the text cannot be a PIN, which costs no attempt), pin-locked,
        card-removed (pulled or swapped; wait for the card again), card-read-failed, smart-card-service-down.
        """

    def wait_removed(self, timeout: float) -> bool:
        """Whether the card left the reader within ``timeout`` seconds."""
