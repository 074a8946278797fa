"""Tax devices that only their maker's own program can read: it is run for every question, and may do what it likes.

The program gets one line of JSON on its standard input and answers with one on its standard output:

    {"do": "read"}    →    {"device": null}
                           {"device": {"number": "…", "status": "blank|issued", "uscc": "…", "holder": "…"}}

It is a small adapter around the official component, written where that is installed; writing a device stays with the
tax office's system.
"""

import contextlib
import json
import os
import signal
import subprocess
import threading
import time
from typing import Any

from drivers.errors import DriverError
from drivers.smart_card.apdu import MalformedRecordError
from drivers.tax_device.kinds import family, only
from drivers.tax_device.record import readout
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceReport, DeviceState
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus
from kiosk.faults import FaultCode

SCHEME = "component:"
RUN_SECONDS = 8.0  # for one question: such programs start slowly
POLL_SECONDS = 1.0
LOOK_SECONDS = 60.0  # between two questions while nobody wants a device: each is a whole run of the program
_LONGEST = 64 * 1024
_KEYS = frozenset({"number", "status", "uscc", "holder"})


class ComponentTaxDevice:
    """A tax device behind an official component (contract TaxDeviceIssuer). One worker thread; ``cancel`` from
    anywhere, felt within a running question's limit. Options: kind, form."""

    def __init__(self, config: DeviceConfig) -> None:
        """Fault: device-configuration."""
        self._program = config.address.removeprefix(SCHEME)
        if not config.address.startswith(SCHEME) or not self._program.startswith("/"):
            raise DriverError(
                FaultCode.DEVICE_CONFIGURATION, {"key": "address", "allowed": "component:/path/program"}
            )
        only(config.options)
        self._family = family("component", config.options)
        self._open = False
        self._heard = 0.0  # when the program answered last
        self._cancelled = threading.Event()
        self._running: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Ask it once. Faults: device-configuration (it cannot be run), device-failed."""
        self.close()
        self._cancelled.clear()  # that was meant for a wait that has ended
        self._ask()
        self._open = True

    def close(self) -> None:
        """Nothing stays: the program runs for its questions only."""
        self._open = False

    def check(self) -> DeviceReport:
        """Whether the program can still be run, and now and then whether it answers. Faults: device-failed,
        device-configuration."""
        self._insist_open()
        if not os.access(self._program, os.X_OK):
            raise _cannot_run()
        if time.monotonic() - self._heard >= LOOK_SECONDS:
            self._look()
        model = f"component {self._family.id}"
        return DeviceReport(DeviceKind.TAX_DEVICE.value, DeviceKind.TAX_DEVICE, DeviceState.READY, model=model)

    def cancel(self) -> None:
        """End a wait, and the program if it runs."""
        self._cancelled.set()
        if (running := self._running) is not None:
            _end(running)

    def read_back(self, timeout: float) -> TaxDeviceReadout:
        """Ask again and again for up to ``timeout`` seconds until a device is there.

        Faults: no-tax-device, tax-device-unreadable, device-failed, device-configuration, cancelled.
        """
        self._insist_open()
        self._cancelled.clear()
        until = time.monotonic() + timeout
        while (device := self._ask()) is None:
            left = until - time.monotonic()
            if left <= 0:
                raise DriverError(FaultCode.NO_TAX_DEVICE)
            if self._cancelled.wait(min(POLL_SECONDS, left)):
                raise DriverError(FaultCode.CANCELLED)
        try:
            return parse_device(device, self._family.form)
        except MalformedRecordError:
            raise DriverError(FaultCode.TAX_DEVICE_UNREADABLE, {"record": "malformed"}) from None

    def _look(self) -> None:
        """Ask for the sake of asking; a cancel that comes now was meant for a wait that has ended."""
        self._cancelled.clear()
        try:
            self._ask()
        except DriverError as error:
            if error.code is not FaultCode.CANCELLED:
                raise

    def _ask(self) -> object:
        """One question; None when no device is there."""
        raw = self._run()
        try:
            answer = parse_answer(raw)
        except MalformedRecordError:
            raise DriverError(FaultCode.DEVICE_FAILED, {"component": "garbled"}, retryable=True) from None
        self._heard = time.monotonic()
        return answer

    def _run(self) -> bytes:
        try:
            running = subprocess.Popen(
                [self._program],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # so that its own children end with it
            )
        except OSError:
            raise _cannot_run() from None
        self._running = running
        try:
            said, _ = running.communicate(b'{"do": "read"}\n', RUN_SECONDS)
        except subprocess.TimeoutExpired:
            raise DriverError(FaultCode.DEVICE_FAILED, {"component": "hung"}, retryable=True) from None
        finally:
            self._running = None
            _end(running)
            for pipe in (running.stdin, running.stdout):
                if pipe is not None:
                    pipe.close()
        if self._cancelled.is_set():
            raise DriverError(FaultCode.CANCELLED)
        if running.returncode != 0:
            figures = {"component": "crashed", "code": str(running.returncode)}
            raise DriverError(FaultCode.DEVICE_FAILED, figures, retryable=True)
        return said

    def _insist_open(self) -> None:
        if not self._open:
            raise DriverError(FaultCode.DEVICE_FAILED, {"cause": "not-open"})


def parse_answer(raw: bytes) -> object:
    """The device in an answer, None when there is none. MalformedRecordError for anything that is no answer."""
    try:
        answer = json.loads(raw) if len(raw) <= _LONGEST else None
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or set(answer) != {"device"}:
        raise MalformedRecordError("the component did not answer")
    return answer["device"]


def parse_device(device: object, form: str) -> TaxDeviceReadout:
    """What the component says of a device. MalformedRecordError when it is not whole."""
    if not isinstance(device, dict) or set(device) != _KEYS or not all(isinstance(v, str) for v in device.values()):
        raise MalformedRecordError("the component described no device")
    texts: dict[str, Any] = device
    try:
        status = TaxDeviceStatus(texts["status"])
    except ValueError:
        raise MalformedRecordError("the status is missing") from None
    return readout(texts["number"], status, texts["uscc"], texts["holder"], form)


def _cannot_run() -> DriverError:
    return DriverError(FaultCode.DEVICE_CONFIGURATION, {"key": "devices.tax_device.address", "missing": "program"})


def _end(running: "subprocess.Popen[bytes]") -> None:
    """End the program and whatever it started; safe when it has ended."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(running.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        running.wait(1.0)
