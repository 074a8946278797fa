"""Which reader a configuration means."""

from drivers.errors import DriverError
from kiosk.faults import FaultCode

SCHEME = "pcsc:"


def reader_name(address: str) -> str:
    """``pcsc:NAME`` → the beginning of the reader's name in the PC/SC list; ``pcsc:`` alone means any reader.

    Fault: device-configuration.
    """
    if not address.startswith(SCHEME):
        raise DriverError(FaultCode.DEVICE_CONFIGURATION, {"key": "address", "allowed": "pcsc:READER NAME"})
    return address.removeprefix(SCHEME).strip()
