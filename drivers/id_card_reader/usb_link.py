"""The reader's bytes over USB (pyusb, libusb): one bulk pipe each way, or 64-byte HID reports.

Which endpoints a reader has is read from its descriptors, never assumed. Reports are filled up with zeros; whoever
looks for frames passes over them.
"""

import contextlib
import errno
import re
from typing import Any
from urllib.parse import parse_qsl

import usb.core
import usb.util

from drivers.errors import DriverError
from drivers.line import SIP, WRITE_SECONDS
from kiosk.faults import FaultCode

from .line import absent, wrong_address

BACKEND: Any = None  # libusb, as pyusb finds it; tests put a cable of their own here
REPORT = 64  # bytes of a HID report
_ROOM = 4096  # the longest transfer a reader sends; a multiple of every packet size
_HID = 3  # interface class
_SET_REPORT, _OUTPUT_REPORT = 0x09, 0x0200
_OLD_INPUT = 64  # transfers of an earlier question that are thrown away at most
_IDS = re.compile(r"([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})")
USUAL = {"usb": (0x0400, 0xC35A), "hid": (0x2B8B, 0x2721)}
_GONE = frozenset({errno.ENODEV, errno.EIO, errno.EPIPE, errno.ESHUTDOWN, errno.ENOENT, errno.EPROTO})


class UsbLink:
    """One interface of one device, held exclusively. DriverError id-card-reader-absent when it is gone, device-busy
    when another program holds it, device-configuration without right or without libusb. Worker thread only."""

    def __init__(self, vendor: int, product: int, serial: str, *, hid: bool) -> None:
        self._hid = hid
        self._device = _find(vendor, product, serial)
        self._interface: int | None = None
        self._detached = False
        try:
            self._claim()
            self.drop_input()
        except (usb.core.USBError, RuntimeError) as error:
            self.close()
            raise _trouble(error, "open") from error
        except DriverError:
            self.close()
            raise

    def write(self, data: bytes) -> None:
        """A frame is one transfer; with reports, as many as it takes."""
        pieces = [data]
        if self._hid:
            pieces = [data[at : at + REPORT].ljust(REPORT, b"\0") for at in range(0, len(data), REPORT)]
        try:
            for piece in pieces:
                if self._send(piece) != len(piece):
                    raise absent("write")
        except usb.core.USBError as error:
            raise _trouble(error, "write") from error

    def sip(self) -> bytes:
        return self._receive(int(SIP * 1000)) or b""

    def drop_input(self) -> None:
        for _ in range(_OLD_INPUT):
            if self._receive(2) is None:
                return

    def close(self) -> None:
        device, number = self._device, self._interface
        self._interface = None
        with contextlib.suppress(usb.core.USBError, RuntimeError):
            if number is not None:
                usb.util.release_interface(device, number)
                if self._detached:
                    device.attach_kernel_driver(number)
        with contextlib.suppress(usb.core.USBError):
            usb.util.dispose_resources(device)

    def _claim(self) -> None:
        interface, self._into, self._out_of = _pipes(self._device, hid=self._hid)
        number = interface.bInterfaceNumber
        with contextlib.suppress(RuntimeError):  # not every system has kernel drivers in the way
            if self._device.is_kernel_driver_active(number):
                self._device.detach_kernel_driver(number)
                self._detached = True
        usb.util.claim_interface(self._device, number)
        self._interface = number

    def _send(self, piece: bytes) -> int:
        limit = int(WRITE_SECONDS * 1000)
        if self._into is not None:
            return int(self._into.write(piece, limit))
        # A HID reader without an output pipe takes its reports over the control pipe.
        sent = self._device.ctrl_transfer(0x21, _SET_REPORT, _OUTPUT_REPORT, self._interface, piece, limit)
        return int(sent)

    def _receive(self, limit: int) -> bytes | None:
        """One transfer, or None when none came in so many milliseconds."""
        try:
            return bytes(self._out_of.read(REPORT if self._hid else _ROOM, limit))
        except usb.core.USBTimeoutError:
            return None
        except usb.core.USBError as error:
            raise _trouble(error, "line-lost") from error


def connect_usb(scheme: str, rest: str) -> UsbLink:
    """Open ``usb:VENDOR:PRODUCT?serial=NUMBER`` or ``hid:…``; the ids may be left out for the usual reader.

    DriverError as for ``UsbLink``.
    """
    ids, _, query = rest.partition("?")
    keys = dict(parse_qsl(query, keep_blank_values=True))
    match = _IDS.fullmatch(ids)
    if set(keys) - {"serial"} or not (match or not ids):
        raise wrong_address()
    vendor, product = (int(match[1], 16), int(match[2], 16)) if match else USUAL[scheme]
    return UsbLink(vendor, product, keys.get("serial", ""), hid=scheme == "hid")


def _find(vendor: int, product: int, serial: str) -> Any:
    try:
        found = usb.core.find(find_all=True, backend=BACKEND, idVendor=vendor, idProduct=product)
        device = next((one for one in found if not serial or _serial(one) == serial), None)
    except usb.core.NoBackendError:
        raise DriverError(FaultCode.DEVICE_CONFIGURATION, {"missing": "libusb"}) from None
    except usb.core.USBError as error:
        raise _trouble(error, "no-device") from error
    if device is None:
        raise absent("no-device")
    return device


def _serial(device: Any) -> str:
    """The serial number in the descriptors; empty for one that cannot be read."""
    try:
        return str(device.serial_number or "")
    except (usb.core.USBError, ValueError, RuntimeError):
        return ""


def _pipes(device: Any, *, hid: bool) -> tuple[Any, Any, Any]:
    """The interface with a pipe each way: bulk, or for HID interrupt, where the way in may be missing."""
    try:
        configuration = device.get_active_configuration()
    except usb.core.USBError:
        device.set_configuration()
        configuration = device.get_active_configuration()
    wanted = usb.util.ENDPOINT_TYPE_INTR if hid else usb.util.ENDPOINT_TYPE_BULK
    for interface in configuration:
        ends = [one for one in interface if usb.util.endpoint_type(one.bmAttributes) == wanted]
        into, out_of = (
            next((one for one in ends if usb.util.endpoint_direction(one.bEndpointAddress) == way), None)
            for way in (usb.util.ENDPOINT_OUT, usb.util.ENDPOINT_IN)
        )
        if out_of is not None and (interface.bInterfaceClass == _HID if hid else into is not None):
            return interface, into, out_of
    raise DriverError(FaultCode.DEVICE_CONFIGURATION, {"cause": "no-pipes"})


def _trouble(error: Exception, doing: str) -> DriverError:
    number = getattr(error, "errno", None)
    if number == errno.EBUSY:
        return DriverError(FaultCode.DEVICE_BUSY, {"cause": "in-use"}, retryable=True)
    if number in (errno.EACCES, errno.EPERM):
        return DriverError(FaultCode.DEVICE_CONFIGURATION, {"cause": "no-permission"})
    if number in _GONE or isinstance(error, usb.core.USBTimeoutError):
        return absent(doing)
    return DriverError(FaultCode.DEVICE_FAILED, {"cause": doing}, retryable=True)
