"""What every kind of line to a reader shares: how it says that nobody is there, and which addresses there are."""

from drivers.errors import DriverError
from drivers.line import End
from kiosk.contracts.device import DeviceKind
from kiosk.faults import FaultCode

END = End(DeviceKind.ID_CARD_READER, FaultCode.ID_CARD_READER_ABSENT, 115200)
absent = END.absent


def wrong_address() -> DriverError:
    """The address is none."""
    return END.wrong_address("usb:0400:C35A?serial=NUMBER", "hid:2B8B:2721?serial=NUMBER")
