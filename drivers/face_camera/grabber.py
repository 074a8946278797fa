"""Frames of a camera, always the newest: a thread of its own reads as fast as the camera sends.

A slow reader of a camera stream falls behind without limit, and a stream that ended still calls itself open. So
nothing here trusts the handle: life is the age of the newest frame, whatever stops delivering is opened again, and
the same picture sent again and again is no life.
This folder is the home of cv2; the code scanner takes its frames from here as well.
"""

import hashlib
import re
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import cv2
import numpy as np

from drivers.face_camera.gates import Face
from drivers.face_camera.jpeg import is_whole
from drivers.face_camera.pixels import Pixels

OPEN_TIMEOUT = 1500  # milliseconds
READ_TIMEOUT = 1000  # milliseconds; a stop waits at most this long for the thread
DEFAULT_SIZE = "1280x720"
PORTS = {"http": 80, "rtsp": 554}
FLAT = 2  # grey levels; less than any picture has
FROZEN_AFTER = 2.0  # seconds without a new frame
MISSES = 10  # failed reads in a row before the stream is opened again; single garbled frames heal by themselves
BACK_OFF = (0.1, 0.25, 0.5, 1.0)  # seconds between two attempts to open
PROBE_TIMEOUT = 1.0  # seconds

HTTP_SETTINGS = [
    cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
    OPEN_TIMEOUT,
    cv2.CAP_PROP_READ_TIMEOUT_MSEC,
    READ_TIMEOUT,
    cv2.CAP_PROP_FORMAT,
    -1,  # each JPEG as it came: the stream's own decoder completes torn frames with pieces of older ones
]

RTSP_SETTINGS = HTTP_SETTINGS[:4]  # what arrives is a film, and its decoder's pictures are taken

cv2.setNumThreads(1)  # two cores belong to the screen first


class Trouble(Enum):
    """Why no frame comes."""

    ABSENT = "absent"  # it is not there
    FROZEN = "frozen"  # it is there and sends nothing that is a picture


class BadAddressError(ValueError):
    """The configuration's address is no camera."""


@dataclass(frozen=True, slots=True, repr=False)
class Grab:
    """One frame: BGR, ``height × width × 3``. Whoever took it wipes it."""

    number: int
    pixels: Pixels

    def wipe(self) -> None:
        """Overwrite the picture."""
        self.pixels.fill(0)


class Source:
    """Where frames come from: ``http://…`` (MJPEG), ``rtsp://…`` (over TCP), ``camera:N``,
    ``camera:/dev/v4l/by-id/…``."""

    def __init__(self, address: str, options: Mapping[str, str]) -> None:
        size = re.fullmatch(r"(\d{2,4})x(\d{2,4})", options.get("size", DEFAULT_SIZE))
        if size is None:
            raise BadAddressError("size is WIDTHxHEIGHT")
        self._size = int(size[1]), int(size[2])
        self._device = ""
        self._host: tuple[str, int] | None = None
        self._settings: list[int] = []
        self._address = address
        if address.startswith("camera:"):
            where = address.removeprefix("camera:")
            self._device = f"/dev/video{where}" if where.isdecimal() else where
            if not self._device.startswith("/dev/"):
                raise BadAddressError("camera:N or camera:/dev/…")
            return
        try:
            parts = urlsplit(address)
            port = parts.port or PORTS.get(parts.scheme, 0)
        except ValueError:
            raise BadAddressError("not an address") from None
        if parts.scheme not in PORTS or not parts.hostname:
            raise BadAddressError("http://…, rtsp://…, camera:N or camera:/dev/…")
        self._settings = HTTP_SETTINGS if parts.scheme == "http" else RTSP_SETTINGS
        self._host = parts.hostname, port

    def present(self) -> bool:
        """Whether the camera could be opened, without switching it on."""
        if self._host is None:
            return Path(self._device).exists()
        try:
            socket.create_connection(self._host, PROBE_TIMEOUT).close()
        except OSError:
            return False
        return True

    def open(self) -> Any:
        """A fresh capture, or None. Blocks up to the open time-out."""
        if self._host is not None:
            capture = cv2.VideoCapture(self._address, cv2.CAP_FFMPEG, self._settings)
        else:
            capture = cv2.VideoCapture(self._device, cv2.CAP_V4L2)
            capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, self._size[0])
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, self._size[1])
        if capture.isOpened():
            return capture
        capture.release()
        return None


class Grabber:
    """Runs from ``start`` to ``stop`` on its own thread; the camera is on only in between."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._changed = threading.Condition()
        self._newest: Grab | None = None
        self._alive_at = time.monotonic()
        self._count = 0
        self._mark = b""
        self.woken = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="camera-grabber", daemon=True)
        self.reopened = 0
        self.dropped = 0

    def start(self) -> None:
        """Switch the camera on."""
        self._alive_at = time.monotonic()
        self._thread.start()

    def stop(self) -> None:
        """Switch the camera off and wipe what is left; waits for the thread, at most about one read time-out."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        with self._changed:
            if self._newest is not None:
                self._newest.wipe()
                self._newest = None

    def wake(self) -> None:
        """Let ``take`` return at once with nothing, now and from now on; from any thread."""
        with self._changed:
            self.woken = True
            self._changed.notify_all()

    def take(self, seconds: float) -> Grab | None:
        """The newest frame not yet taken, waiting up to ``seconds`` for one. It is the caller's to wipe."""
        with self._changed:
            self._changed.wait_for(lambda: self.woken or self._newest is not None, seconds)
            if self.woken:
                return None
            taken, self._newest = self._newest, None
            return taken

    def compare(self, grab: Grab, face: Face, portrait: bytes) -> float | None:
        """How alike a face in a frame is to the one in a card's picture, see ``likeness``."""
        from drivers.face_camera.likeness import compare

        return compare(grab.pixels, face, portrait)

    def trouble(self) -> Trouble | None:
        """Why no frame has come for two seconds; None while frames come or may still come."""
        with self._changed:
            if time.monotonic() - self._alive_at < FROZEN_AFTER:
                return None
        return Trouble.FROZEN if self._source.present() else Trouble.ABSENT

    def _run(self) -> None:
        attempt = 0
        while not self._stop.is_set():
            capture = self._source.open()
            if capture is not None:
                try:
                    if self._read(capture):
                        attempt = 0
                finally:
                    capture.release()
            if self._stop.wait(BACK_OFF[min(attempt, len(BACK_OFF) - 1)]):
                return
            attempt += 1
            self.reopened += 1

    def _read(self, capture: Any) -> bool:
        """Read until told to stop or nothing comes any more; whether any frame came."""
        misses, any_came = 0, False
        while misses < MISSES and not self._stop.is_set():
            good, data = capture.read()
            pixels = _pixels(data) if good else None
            if pixels is None:
                misses += 1
                continue
            misses = 0
            any_came = True
            self._publish(pixels)
        return any_came

    def _publish(self, pixels: Pixels) -> None:
        mark = _mark(pixels)
        if mark and mark == self._mark:
            return
        self._mark = mark
        with self._changed:
            if self._newest is not None:
                self.dropped += 1
                self._newest.wipe()
            self._count += 1
            self._newest = Grab(self._count, pixels)
            self._alive_at = time.monotonic()
            self._changed.notify_all()


def _pixels(data: Any) -> Pixels | None:
    """A BGR picture from what a capture gave: a picture already, or a JPEG as it came; None when it is neither."""
    if data is None:
        return None
    if data.ndim == 3:
        return data if data.shape[2] == 3 else None
    if not is_whole(data.tobytes()):
        return None
    try:
        made: Pixels | None = cv2.imdecode(data, cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)
    except cv2.error:
        return None
    return made


def _mark(pixels: Pixels) -> bytes:
    """What tells a frame from its neighbours: a sensor's noise never repeats, so the same mark again is no new frame.
    Empty for a picture without any noise (a covered lens), which may repeat."""
    sample = np.ascontiguousarray(pixels[::4, ::4])
    flat = int(sample.max()) - int(sample.min()) <= FLAT
    mark = b"" if flat else hashlib.blake2b(sample.data, digest_size=16).digest()
    sample.fill(0)
    return mark
