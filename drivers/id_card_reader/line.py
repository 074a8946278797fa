"""What every kind of line to a reader shares: how long it may block, and how it says that nobody is there."""

from drivers.errors import DriverError
from kiosk.faults import FaultCode

SIP = 0.1  # seconds: the longest a single read blocks, so that a cancel is seen
WRITE_SECONDS = 1.0


def absent(reason: str) -> DriverError:
    """The reader is not there; ``reason`` is a slug."""
    return DriverError(FaultCode.ID_CARD_READER_ABSENT, {"reason": reason}, retryable=True)


def wrong_address(what: str) -> DriverError:
    """The address is none; ``what`` is allowed."""
    return DriverError(FaultCode.DEVICE_CONFIGURATION, {"key": "devices.id_card_reader.address", "allowed": what})
