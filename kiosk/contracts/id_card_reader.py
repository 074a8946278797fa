"""The reader on which a person lays the identity card."""

from typing import Protocol

from kiosk.domain.identity_card import IdentityCard

from .device import Device


class IdCardReader(Device, Protocol):
    """Blocking; worker thread only."""

    def read(self, timeout: float) -> IdentityCard:
        """Wait until a card is laid down and read it, at most ``timeout`` seconds.

        Faults: no-card (time is up), card-read-failed (lifted too early or damaged), card-data-invalid,
        wrong-card (another kind of card), two-cards, id-card-reader-absent, cancelled.
        """

    def wait_removed(self, timeout: float) -> bool:
        """Whether the card left the reader within ``timeout`` seconds."""
