"""Tax UKeys by their maker's library (SKF): which token is plugged in, and whose certificate the tax office wrote.

The library runs in a process of its own. Nothing here asks for a PIN or uses a key.
"""

import threading
import time
from collections.abc import Mapping
from typing import Any

from drivers.errors import DriverError
from drivers.smart_card.apdu import MalformedRecordError
from drivers.tax_device.kinds import family, only
from drivers.tax_device.skf_record import TokenInfo, parse_info, parse_names, parse_token
from drivers.vendor.process import VendorLostError, VendorProcess
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceReport, DeviceState
from kiosk.contracts.tax_device import TaxDeviceReadout
from kiosk.faults import FaultCode

SCHEME = "skf:"
LOOK_SECONDS = 3.0  # for one question; a healthy library takes milliseconds
POLL_SECONDS = 0.4  # between two looks for a token: waiting for events would block inside the library
TRIES = 3  # on a token that is pulled or swapped while it is read
_TOKEN_LEFT = frozenset({0x0A000005, 0x0A000023})  # INVALIDHANDLE, DEVICE_REMOVED
_BUSY = frozenset({0x0A00000F})  # TIMEOUT: another program holds it


class SkfTaxDevice:
    """A tax UKey behind its maker's SKF library (contract TaxDeviceIssuer). One worker thread; ``cancel`` from
    anywhere. Options: kind, number, form, holder, uscc, application, container."""

    def __init__(self, config: DeviceConfig) -> None:
        """Fault: device-configuration."""
        path = config.address.removeprefix(SCHEME)
        if not config.address.startswith(SCHEME) or not path.startswith("/"):
            raise DriverError(FaultCode.DEVICE_CONFIGURATION, {"key": "address", "allowed": "skf:/path/library.so"})
        only(config.options, "application", "container")
        self._family = family("skf", config.options)
        settings = {key: config.options[key] for key in ("application", "container") if key in config.options}
        self._library = VendorProcess("skf", path, settings)
        self._open = False
        self._cancelled = threading.Event()

    def open(self) -> None:
        """Load the library in its process. Faults: device-configuration (it cannot be loaded), device-failed,
        device-busy."""
        self.close()
        self._devices()
        self._open = True

    def close(self) -> None:
        """End the library's process."""
        self._open = False
        self._library.close()

    def check(self) -> DeviceReport:
        """Whether the library answers, and which token it sees. Faults: device-failed."""
        self._insist_open()
        there = self._devices()
        return DeviceReport(
            DeviceKind.TAX_DEVICE.value,
            DeviceKind.TAX_DEVICE,
            DeviceState.READY,
            model=f"SKF {self._family.id}",
            counts={"tokens": len(there), "reconnects": max(0, self._library.starts - 1)},
        )

    def cancel(self) -> None:
        """End a wait."""
        self._cancelled.set()

    def read_back(self, timeout: float) -> TaxDeviceReadout:
        """Wait up to ``timeout`` seconds for a token, there already or coming, and read it.

        Faults: no-tax-device, two-tax-devices, tax-device-unreadable, device-busy, device-failed, cancelled.
        """
        self._insist_open()
        self._cancelled.clear()
        until, tries = time.monotonic() + timeout, 0
        while True:
            there = self._devices()
            if len(there) > 1:
                raise DriverError(FaultCode.TWO_TAX_DEVICES, {"tokens": str(len(there))})
            if there:
                try:
                    return self._read(there[0])
                except _TokenLeftError:
                    tries += 1
                    if tries == TRIES:
                        raise DriverError(FaultCode.TAX_DEVICE_UNREADABLE, {"token": "left"}) from None
            left = until - time.monotonic()
            if left <= 0:
                raise DriverError(FaultCode.NO_TAX_DEVICE)
            if self._cancelled.wait(min(POLL_SECONDS, left)):
                raise DriverError(FaultCode.CANCELLED)

    def _devices(self) -> tuple[bytes, ...]:
        answer = self._ask("devices")
        if "sar" in answer:
            raise _refused(answer, FaultCode.DEVICE_FAILED)
        try:
            return parse_names(_bytes(answer, "devices"))
        except MalformedRecordError:
            raise DriverError(FaultCode.DEVICE_FAILED, {"library": "garbled"}) from None

    def _read(self, device: bytes) -> TaxDeviceReadout:
        answer = self._ask("look", device=device)
        if answer.get("sar") in _TOKEN_LEFT:
            raise _TokenLeftError
        if "sar" in answer:
            raise _refused(answer, FaultCode.TAX_DEVICE_UNREADABLE)
        try:
            info: TokenInfo = parse_info(_bytes(answer, "info"))
            return parse_token(info, _bytes(answer, "certificate"), self._family)
        except MalformedRecordError:
            raise DriverError(FaultCode.TAX_DEVICE_UNREADABLE, {"record": "malformed"}) from None

    def _ask(self, do: str, **more: bytes) -> dict[str, Any]:
        try:
            return self._library.ask(do, LOOK_SECONDS, **more)
        except VendorLostError as error:
            if error.reason == "missing":
                figures = {"key": "devices.tax_device.address", "missing": error.detail}
                raise DriverError(FaultCode.DEVICE_CONFIGURATION, figures) from None
            figures = {"library": error.reason} | ({"by": error.detail} if error.detail else {})
            raise DriverError(FaultCode.DEVICE_FAILED, figures, retryable=True) from None

    def _insist_open(self) -> None:
        if not self._open:
            raise DriverError(FaultCode.DEVICE_FAILED, {"cause": "not-open"})


class _TokenLeftError(Exception):
    """The token was pulled, or another was plugged in, while it was read."""


def _bytes(answer: Mapping[str, Any], key: str) -> bytes:
    """A field of the child's answer; MalformedRecordError when it is not what the child writes."""
    field = answer.get(key)
    if not isinstance(field, bytes):
        raise MalformedRecordError("the library's process answered something else")
    return field


def _refused(answer: Mapping[str, Any], otherwise: FaultCode) -> DriverError:
    """What the library's own number means for whoever stands there."""
    figures = {"function": str(answer.get("function", "")), "sar": f"{int(answer['sar']):08X}"}
    if answer["sar"] in _BUSY:
        return DriverError(FaultCode.DEVICE_BUSY, figures, retryable=True)
    if answer["sar"] in _TOKEN_LEFT:
        return DriverError(FaultCode.NO_TAX_DEVICE, figures, retryable=True)
    return DriverError(otherwise, figures)
