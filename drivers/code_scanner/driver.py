"""A camera as the scanner for slips and bar codes. What it reads is bytes; nothing is opened, typed or followed."""

import time

from drivers.code_scanner.attempts import ATTEMPTS, Attempt
from drivers.code_scanner.decode import as_scan, look
from drivers.code_scanner.sightings import Sightings
from drivers.errors import DriverError
from drivers.face_camera.looking import LookingDriver
from drivers.face_camera.pixels import grey
from drivers.face_camera.remote import AnyGrabber
from kiosk.config import DeviceConfig
from kiosk.contracts.code_scanner import Scan
from kiosk.contracts.device import DeviceKind, DeviceReport, DeviceState
from kiosk.faults import FaultCode

LOOK = 0.5  # seconds between two looks at the stream's health
ATTEMPT_EVERY = 2  # pictures; each further attempt gets one, in turn: the next picture comes at once anyway
ZBAR_EVERY = 12  # pictures; the second decoder is ten times slower


class CameraCodeScanner(LookingDriver):
    """A camera of its own that looks at the scan window (contract CodeScanner). One worker thread; ``cancel`` from
    anywhere. Addresses and options as for the face camera."""

    def __init__(self, config: DeviceConfig) -> None:
        """Fault: device-configuration."""
        super().__init__(config)
        self._open = False
        self._sightings = Sightings()

    def open(self) -> None:
        """See whether the camera is there. Fault: code-scanner-absent."""
        self._open = True
        self._require_present()

    def close(self) -> None:
        """Forget what was read and end the camera's process; the camera itself is off outside ``scan``."""
        self._open = False
        self._cameras.close()
        self._sightings = Sightings()

    def check(self) -> DeviceReport:
        """Whether the camera is there, without switching it on. Fault: code-scanner-absent."""
        self._require_present()
        return DeviceReport(DeviceKind.CODE_SCANNER.value, DeviceKind.CODE_SCANNER, DeviceState.READY)

    def scan(self, timeout: float) -> Scan:
        """Wait up to ``timeout`` seconds for one QR code or Code128; the same code not twice within a second.

        Faults: no-code, code-unreadable (a code was there the whole time and could not be read), code-scanner-absent
        (details: cause, absent or frozen), cancelled.
        """
        self._require_present()
        self._sightings.begin()
        with self._sitting() as grabber:
            return self._watch(grabber, time.monotonic() + timeout)

    def _watch(self, grabber: AnyGrabber, until: float) -> Scan:
        looks = 0
        while (left := until - time.monotonic()) > 0:
            grab = grabber.take(min(LOOK, left))
            if grabber.woken:
                raise DriverError(FaultCode.CANCELLED)
            if grab is None:
                if (trouble := grabber.trouble()) is not None:
                    raise DriverError(FaultCode.CODE_SCANNER_ABSENT, {"cause": trouble.value}, retryable=True)
                continue
            looks += 1
            picture = grey(grab.pixels)
            grab.wipe()
            seen = look(picture, _attempts(looks), zbar_too=looks % ZBAR_EVERY == 0)
            picture.fill(0)
            if (code := self._sightings.see(seen.found, seen.damaged, time.monotonic())) is not None:
                return as_scan(code)
        raise DriverError(FaultCode.CODE_UNREADABLE if self._sightings.unreadable else FaultCode.NO_CODE)

    def _require_present(self) -> None:
        if not self._open or not self._source.present():
            raise DriverError(FaultCode.CODE_SCANNER_ABSENT, {"cause": "absent"}, retryable=True)


def _attempts(looks: int) -> tuple[Attempt, ...]:
    turn, rest = divmod(looks, ATTEMPT_EVERY)
    return () if rest else (ATTEMPTS[turn % len(ATTEMPTS)],)
