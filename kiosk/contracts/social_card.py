"""Social-security cards (社会保障卡): their basic data save typing. They never prove who somebody is."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kiosk.domain.private import Private

from .device import Device


@dataclass(frozen=True, slots=True, repr=False)
class SocialCard(Private):
    """What the card shows without a PIN. ``number`` is the 社会保障号码 of 18 digits; without ``valid_until``
    no end is named."""

    name: str
    number: str
    valid_until: date | None


class SocialCardReader(Device, Protocol):
    """Blocking; worker thread only."""

    def read(self, timeout: float) -> SocialCard:
        """Wait until a card is there and read it, at most ``timeout`` seconds.

        Faults: no-card, wrong-card (details: is), card-read-failed (details: sw; 6982 is a card that wants a PIN,
        which is never asked for), card-data-invalid, device-busy, smart-card-service-down, smart-card-reader-absent,
        cancelled.
        """

    def wait_removed(self, timeout: float) -> bool:
        """Whether the reader became empty within ``timeout`` seconds, whatever lay in it.

        Faults: smart-card-service-down, smart-card-reader-absent, cancelled.
        """
