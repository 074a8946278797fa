"""The session over the desk: shows what lies there, says one thing at a time, and takes one good page.

The camera is on only while it is used. Pictures live in memory and are overwritten as soon as they are done with.
"""

import time
from collections.abc import Callable, Sequence

import cv2
import numpy as np

from drivers.document_camera import gates
from drivers.document_camera.packing import TooLargeError, jpeg_within, pdf_within
from drivers.document_camera.page_finder import Page, cut_out, find_page
from drivers.errors import DriverError
from drivers.face_camera.grabber import Grab
from drivers.face_camera.looking import LookingDriver
from drivers.face_camera.pixels import Pixels
from drivers.face_camera.remote import AnyGrabber
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceReport, DeviceState
from kiosk.contracts.document_camera import BoundPages, PageHint, PageShot, PageView
from kiosk.faults import FaultCode

VIEW_WIDTH, VIEW_HEIGHT = 960, 540  # the live picture fits into this
GOOD_IN_A_ROW = 4
LOOK = 0.5  # seconds between two looks at the stream's health
SIZE = "2592x1944"  # what a camera on a cable is asked for: A4 at 200 dots an inch
MOST_KB = 1024
MOST_BYTES = 10 * 1024 * 1024  # of one material on the platform


class OpenCvDocumentCamera(LookingDriver):
    """A camera by network or cable (contract DocumentCamera). One worker thread; ``cancel`` from anywhere.

    Addresses as for the face camera; options ``size`` like ``2592x1944`` and ``most_kb``, kilobytes that one page may
    have.
    """

    def __init__(self, config: DeviceConfig) -> None:
        """Fault: device-configuration."""
        super().__init__(config, SIZE)
        most = config.options.get("most_kb", str(MOST_KB))
        if not (most.isascii() and most.isdigit() and 50 <= int(most) <= 20_000):
            raise DriverError(FaultCode.DEVICE_CONFIGURATION, {"key": "most_kb", "allowed": "50–20000"})
        self._most = int(most) * 1024
        self._open = False

    def open(self) -> None:
        """See whether the camera is there. Fault: document-camera-absent."""
        self._open = True
        self._require_present()

    def close(self) -> None:
        """End the camera's process; the camera itself is off outside ``take_page``."""
        self._open = False
        self._cameras.close()

    def check(self) -> DeviceReport:
        """Whether the camera is there, without switching it on. Fault: document-camera-absent."""
        self._require_present()
        return DeviceReport(DeviceKind.DOCUMENT_CAMERA.value, DeviceKind.DOCUMENT_CAMERA, DeviceState.READY)

    def take_page(self, preview: Callable[[PageView], None], timeout: float) -> PageShot:
        """Show live frames until several good ones follow each other; the sharpest is the page.

        ``preview`` is called on this thread; while it works, frames are dropped, never queued.
        Faults: no-good-page (details: hint, the last one, or ``too_large``), document-camera-absent (details: cause,
        absent or frozen), cancelled.
        """
        self._require_present()
        looking = _Looking(self._most)
        with self._sitting() as grabber:
            try:
                return self._watch(grabber, looking, preview, time.monotonic() + timeout)
            finally:
                looking.forget()

    def bind(self, pages: Sequence[PageShot]) -> BoundPages:
        """One page stays the picture it is, several become a PDF. Fault: no-good-page (details: too_large)."""
        if len(pages) == 1:
            return BoundPages(pages[0].jpeg, "image/jpeg", 1)
        try:
            return BoundPages(pdf_within(pages, MOST_BYTES), "application/pdf", len(pages))
        except TooLargeError:
            raise DriverError(FaultCode.NO_GOOD_PAGE, {"hint": "too_large"}) from None

    @staticmethod
    def _watch(
        grabber: AnyGrabber, looking: "_Looking", preview: Callable[[PageView], None], until: float
    ) -> PageShot:
        while (left := until - time.monotonic()) > 0:
            grab = grabber.take(min(LOOK, left))
            if grabber.woken:
                if grab is not None:
                    grab.wipe()
                raise DriverError(FaultCode.CANCELLED)
            if grab is None:
                if (trouble := grabber.trouble()) is not None:
                    raise DriverError(FaultCode.DOCUMENT_CAMERA_ABSENT, {"cause": trouble.value}, retryable=True)
                continue
            page = looking.see(grab)
            preview(_view(grab.pixels, looking.hint, page))
            if grab is not looking.best:
                grab.wipe()
            if (shot := looking.shot()) is not None:
                return shot
        raise DriverError(FaultCode.NO_GOOD_PAGE, {"hint": looking.hint.value})

    def _require_present(self) -> None:
        if not self._open or not self._source.present():
            raise DriverError(FaultCode.DOCUMENT_CAMERA_ABSENT, {"cause": "absent"}, retryable=True)


class _Looking:
    """One page on the desk: the row of good frames so far and the best of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._before: Page | None = None
        self._row = 0
        self._page: Page | None = None
        self._sharpness = -1.0
        self.best: Grab | None = None
        self.hint = PageHint.NO_PAGE

    def see(self, grab: Grab) -> Page | None:
        """Judge a frame; the page in it."""
        page = find_page(grab.pixels)
        sight = None
        if page is not None:
            flat = cut_out(grab.pixels, page, gates.MEASURED)
            sight = gates.measure(flat)
            flat.fill(0)
        self.hint = gates.hint(page, sight, self._before)
        self._before = page
        if self.hint is not PageHint.GOOD or page is None or sight is None:
            self.forget()
            return page
        self._row += 1
        sharpness = sight.sharpness or 0.0
        if sharpness > self._sharpness:
            if self.best is not None:
                self.best.wipe()
            self.best, self._page, self._sharpness = grab, page, sharpness
        return page

    def shot(self) -> PageShot | None:
        """The page, when the row is complete. Fault: no-good-page, when it cannot be made small enough."""
        if self._row < GOOD_IN_A_ROW or self.best is None or self._page is None:
            return None
        flat = cut_out(self.best.pixels, self._page)
        try:
            jpeg = jpeg_within(flat, self._most)
        except TooLargeError:
            raise DriverError(FaultCode.NO_GOOD_PAGE, {"hint": "too_large"}) from None
        finally:
            height, width = flat.shape[:2]
            flat.fill(0)
        return PageShot(jpeg, width, height, self._sharpness)

    def forget(self) -> None:
        """The row is broken, or all is done: wipe what was kept."""
        if self.best is not None:
            self.best.wipe()
        self.best = self._page = None
        self._row, self._sharpness = 0, -1.0


def _view(pixels: Pixels, hint: PageHint, page: Page | None) -> PageView:
    height, width = pixels.shape[:2]
    scale = min(1.0, VIEW_WIDTH / width, VIEW_HEIGHT / height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = pixels if scale == 1.0 else np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    shown = cv2.cvtColor(small, cv2.COLOR_BGR2BGRA)
    corners = tuple((x / width, y / height) for x, y in page.corners) if page is not None else ()
    view = PageView(size[0], size[1], shown.tobytes(), hint, corners)
    shown.fill(0)
    if small is not pixels:
        small.fill(0)
    return view
