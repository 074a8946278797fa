"""The scanner for slips (QR) and for the bar codes of articles. What it reads is bytes, never typed or opened."""

import enum
from dataclasses import dataclass
from typing import Protocol

from .device import Device


class Symbology(enum.Enum):
    """Which code it was."""

    QR = "qr"
    CODE128 = "code128"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Scan:
    """One code. ``text`` is the payload when it is printable ASCII or clean UTF-8, else empty."""

    data: bytes
    text: str
    symbology: Symbology


class CodeScanner(Device, Protocol):
    """Blocking; worker thread only."""

    def scan(self, timeout: float) -> Scan:
        """Wait for one code. Faults: no-code (time is up), code-unreadable, code-scanner-absent, cancelled."""
