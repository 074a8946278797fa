"""The drivers' only error: an expected failure of a device, coded like the faults that screens and staff know."""

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.faults import FaultCode

_NOTHING: Mapping[str, str] = MappingProxyType({})


class DriverError(Exception):
    """What a hand, a cable or a card may do to a device at any moment.

    ``details`` are figures and slugs (a status byte, a count), never a name, a number or a picture.
    ``retryable`` says that the same call may work when it is simply made again, without anybody's hand.
    Raised inside drivers only; the supervisor turns it into a ``Fault`` before anybody else sees it.
    """

    def __init__(self, code: FaultCode, details: Mapping[str, str] = _NOTHING, *, retryable: bool = False) -> None:
        super().__init__(code.value)
        self.code = code
        self.details: Mapping[str, str] = MappingProxyType(dict(details))
        self.retryable = retryable

    def __str__(self) -> str:
        figures = " ".join(f"{key}={value}" for key, value in self.details.items())
        return f"{self.code.value} {figures}".rstrip()
