"""What went wrong inside a driver → the Fault that everybody else sees, and what it says about the device.

Drivers turn the errors of their own libraries into DriverError where they happen. What still comes up here from the
operating system about a thing that went away is expected, too; anything else is a bug, written down by its type and
place (never its text: it may hold a person) and shown as ``device-failed``.
"""

import errno
import logging

from drivers.errors import DriverError
from kiosk.contracts.device import DeviceKind, DeviceState
from kiosk.faults import Fault, FaultCode, bug_report

log = logging.getLogger(__name__)

ABSENT = {
    DeviceKind.ID_CARD_READER: FaultCode.ID_CARD_READER_ABSENT,
    DeviceKind.STAFF_CARD_READER: FaultCode.SMART_CARD_READER_ABSENT,
    DeviceKind.SOCIAL_CARD_READER: FaultCode.SMART_CARD_READER_ABSENT,
    DeviceKind.TAX_DEVICE: FaultCode.SMART_CARD_READER_ABSENT,
    DeviceKind.FACE_CAMERA: FaultCode.CAMERA_ABSENT,
    DeviceKind.CODE_SCANNER: FaultCode.CODE_SCANNER_ABSENT,
    DeviceKind.DOCUMENT_CAMERA: FaultCode.DOCUMENT_CAMERA_ABSENT,
    DeviceKind.RECEIPT_PRINTER: FaultCode.PRINTER_ABSENT,
    DeviceKind.DOCUMENT_PRINTER: FaultCode.DOCUMENT_PRINTER_ABSENT,
}

_ABSENT_CODES = frozenset(ABSENT.values())

# A card, a code or a person was not right; the device itself did its duty.
_VISITOR = frozenset(
    {
        FaultCode.NO_CARD,
        FaultCode.CARD_READ_FAILED,
        FaultCode.CARD_DATA_INVALID,
        FaultCode.CARD_EXPIRED,
        FaultCode.WRONG_CARD,
        FaultCode.TWO_CARDS,
        FaultCode.CARD_LEFT_BEHIND,
        FaultCode.CARD_REMOVED,
        FaultCode.PIN_WRONG,
        FaultCode.PIN_LOCKED,
        FaultCode.NO_TAX_DEVICE,
        FaultCode.TWO_TAX_DEVICES,
        FaultCode.TAX_DEVICE_UNREADABLE,
        FaultCode.TAX_DEVICE_MISMATCH,
        FaultCode.NO_GOOD_PICTURE,
        FaultCode.FACE_NOT_MATCHED,
        FaultCode.NO_GOOD_PAGE,
        FaultCode.NO_CODE,
        FaultCode.CODE_UNREADABLE,
        FaultCode.CANCELLED,
    }
)

_TECHNICIAN = frozenset(
    {
        FaultCode.DEVICE_FAILED,
        FaultCode.DEVICE_CONFIGURATION,
        FaultCode.SMART_CARD_SERVICE_DOWN,
        FaultCode.CAMERA_FROZEN,
    }
)

_WENT_AWAY = frozenset(
    {
        errno.ENODEV,
        errno.ENXIO,
        errno.ENOENT,
        errno.EIO,
        errno.EBADF,
        errno.EPIPE,
        errno.ECONNREFUSED,
        errno.ECONNRESET,
        errno.ECONNABORTED,
        errno.ENOTCONN,
        errno.EHOSTUNREACH,
        errno.ENETUNREACH,
        errno.ETIMEDOUT,
    }
)


def to_fault(error: BaseException, kind: DeviceKind) -> Fault:
    """The fault for whatever a device call raised."""
    if isinstance(error, DriverError):
        return Fault(error.code, error.details)
    number = _system_number(error)
    if number in _WENT_AWAY or isinstance(error, (EOFError, TimeoutError, ConnectionError)):
        return Fault(ABSENT[kind], {"errno": errno.errorcode.get(number, "none")})
    log_bug(error, f"device {kind.value}")
    return Fault(FaultCode.DEVICE_FAILED, {"bug": type(error).__name__})


def state_for(code: FaultCode) -> DeviceState | None:
    """What a fault says about the device; None when nothing: only the visitor's card, code or face was not right."""
    if code in _VISITOR:
        return None
    if code in _ABSENT_CODES:
        return DeviceState.ABSENT
    if code in _TECHNICIAN:
        return DeviceState.FAILED
    return DeviceState.NEEDS_HAND


def log_bug(error: BaseException, where: str) -> None:
    """Write down an unforeseen exception: its type and where it came from, without its text and without values."""
    log.error("bug in %s: %s", where, bug_report(error))


def _system_number(error: BaseException) -> int:
    """The errno of an OSError, and of termios.error, which is none."""
    if isinstance(error, OSError):
        return error.errno or 0
    if type(error).__module__ == "termios" and error.args and isinstance(error.args[0], int):
        return error.args[0]
    return 0
