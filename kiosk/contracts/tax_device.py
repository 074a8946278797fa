"""Tax-control devices (税控设备): read back what the tax office wrote before the device is given away."""

import enum
from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.private import Private

from .device import Device


class TaxDeviceStatus(enum.Enum):
    """What the device says of itself."""

    BLANK = "blank"
    ISSUED = "issued"


@dataclass(frozen=True, slots=True, repr=False)
class TaxDeviceReadout(Private):
    """What was read back; compared with the platform's word before hand-over (number, USCC, holder's name).
    The holder of an individual business is a person."""

    number: str
    status: TaxDeviceStatus
    uscc: str = ""
    holder: str = ""


class TaxDeviceIssuer(Device, Protocol):
    """Blocking; worker thread only. Issuing itself (发行) is done by the tax office's own software."""

    def read_back(self, timeout: float) -> TaxDeviceReadout:
        """Wait for a device and read number, USCC and holder.

        Faults: no-tax-device, wrong-card, two-tax-devices, tax-device-unreadable, device-busy, device-failed,
        smart-card-service-down, smart-card-reader-absent, cancelled.
        """
