"""The camera session: shows a person to himself, says one thing at a time, and takes one good picture.

The camera is on only while it is used. Pictures live in memory, are overwritten as soon as they are done with, and
never reach a disk or a log.
"""

import random
import time
from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np

from drivers.errors import DriverError
from drivers.face_camera import gates
from drivers.face_camera.detector import FaceDetector, cover, light, openness
from drivers.face_camera.gates import Face, Light
from drivers.face_camera.grabber import Grab, Trouble
from drivers.face_camera.likeness import can_compare, likeness
from drivers.face_camera.looking import LookingDriver
from drivers.face_camera.movements import Movement, Prompts
from drivers.face_camera.pixels import Pixels
from drivers.face_camera.remote import AnyGrabber
from kiosk.config import DeviceConfig
from kiosk.contracts.device import Ability, DeviceKind, DeviceReport, DeviceState
from kiosk.contracts.face_camera import FaceHint, FaceShot, Frame
from kiosk.faults import FaultCode

PREVIEW_WIDTH, PREVIEW_HEIGHT = 960, 540  # the live picture fits into this
GOOD_IN_A_ROW = 5
JPEG_QUALITY = 92
SHOT_SIDE = 1.1  # what is kept beside the face on each side, in face widths: head and shoulders, nobody else
SHOT_TOP, SHOT_BOTTOM = 0.7, 0.9  # above and below, in face heights
PATIENCE_COVERED = 40  # looks, some five seconds: then whoever looks covered is taken as he is, the measure is rough
LOOK = 0.5  # seconds between two looks at the stream's health

MOVING = frozenset(one.hint for one in Movement)
FINDING_PLACE = frozenset(FaceHint) - {FaceHint.GOOD, FaceHint.HOLD_STILL} - MOVING
IN_PLACE = frozenset({FaceHint.GOOD, FaceHint.HOLD_STILL, FaceHint.LOOK_STRAIGHT})  # where a movement can be seen

TROUBLE = {Trouble.ABSENT: FaultCode.CAMERA_ABSENT, Trouble.FROZEN: FaultCode.CAMERA_FROZEN}


class OpenCvFaceCamera(LookingDriver):
    """A camera by network or cable (contract FaceCamera). One worker thread; ``cancel`` from anywhere.

    Addresses: ``http://HOST:PORT/path`` (MJPEG), ``camera:N``, ``camera:/dev/v4l/by-id/…``; option ``size`` like
    ``1280x720`` is asked of a camera on a cable. Option ``prompts``, such as ``turn,blink,nod``: movements that a
    person is asked for before the picture, in an order that nobody knows beforehand. Option ``compare``, yes or no:
    whether the picture is held beside the one on the card, see ``likeness``.
    """

    def __init__(self, config: DeviceConfig) -> None:
        """Fault: device-configuration."""
        super().__init__(config)
        self._prompts = _movements(config.options.get("prompts", ""))
        self._compares = _yes_or_no("compare", config.options.get("compare", "yes")) and can_compare()
        self._detector: FaceDetector | None = None

    def open(self) -> None:
        """Load the detector and see whether the camera is there. Faults: camera-absent, device-configuration."""
        if self._detector is None:
            self._detector = FaceDetector()
        self._require_present()

    def close(self) -> None:
        """Forget the detector and end the camera's process; the camera itself is off outside ``capture``."""
        self._detector = None
        self._cameras.close()

    def check(self) -> DeviceReport:
        """Whether the camera is there, without switching it on. Fault: camera-absent."""
        self._opened()
        able = frozenset({Ability.COMPARES_FACES} if self._compares else ())
        kind = DeviceKind.FACE_CAMERA
        return DeviceReport(kind.value, kind, DeviceState.READY, abilities=able)

    def capture(self, preview: Callable[[Frame], None], timeout: float, portrait: bytes = b"") -> FaceShot:
        """Show live frames with their hint until several good ones follow each other; the sharpest is the picture.
        A comparison with ``portrait`` that does not come to an end costs seconds, never the picture.

        ``preview`` is called on this thread; while it works, frames are dropped, never queued.
        Faults: no-good-picture (details: hint, the last one), camera-absent, camera-frozen, cancelled.
        """
        order = random.SystemRandom().sample(self._prompts, len(self._prompts))
        sitting = _Sitting(self._opened(), Prompts(order))
        with self._sitting() as grabber:
            try:
                shot = self._watch(grabber, sitting, preview, time.monotonic() + timeout)
                seen = sitting.good
                if not portrait or not self._compares or seen is None:
                    return shot
                return replace(shot, likeness=likeness(grabber.compare(*seen, portrait)))
            finally:
                sitting.forget()

    def _watch(
        self, grabber: AnyGrabber, sitting: "_Sitting", preview: Callable[[Frame], None], until: float
    ) -> FaceShot:
        while (left := until - time.monotonic()) > 0:
            grab = grabber.take(min(LOOK, left))
            if grabber.woken:
                if grab is not None:
                    grab.wipe()
                raise DriverError(FaultCode.CANCELLED)
            if grab is None:
                if (trouble := grabber.trouble()) is not None:
                    raise DriverError(TROUBLE[trouble], retryable=True)
                continue
            hint, shot = sitting.see(grab)
            preview(_live(grab.pixels, hint))
            if grab is not sitting.best:
                grab.wipe()
            if shot is not None:
                return shot
        raise DriverError(FaultCode.NO_GOOD_PICTURE, {"hint": sitting.hint.value})

    def _opened(self) -> FaceDetector:
        if self._detector is None:
            raise DriverError(FaultCode.CAMERA_ABSENT)
        self._require_present()
        return self._detector

    def _require_present(self) -> None:
        if not self._source.present():
            raise DriverError(FaultCode.CAMERA_ABSENT, retryable=True)


class _Sitting:
    """One person in front of the camera: the row of good frames so far and the best of them."""

    def __init__(self, detector: FaceDetector, prompts: Prompts) -> None:
        self._detector, self._prompts = detector, prompts
        self._before: Face | None = None
        self._row = self._looks = self._covered = 0
        self._face: Face | None = None
        self._light: Light | None = None
        self.best: Grab | None = None
        self.hint = FaceHint.NOBODY

    def see(self, grab: Grab) -> tuple[FaceHint, FaceShot | None]:
        """Judge a frame; the picture when it completes the row. A person who is still finding his place is looked at
        in every second frame only: words that change more often cannot be read."""
        self._looks += 1
        if self._looks % 2 == 0 and self.hint in FINDING_PLACE:
            return self.hint, None
        pixels = grab.pixels
        height, width = pixels.shape[:2]
        faces = self._detector.faces(pixels)
        face = gates.nearest(faces)
        measured = light(pixels, face) if face is not None else None
        brightness = float(np.mean(pixels[::8, ::8])) if face is None else 0.0
        covered = cover(pixels, face) if face is not None and self._covered < PATIENCE_COVERED else None
        self.hint = gates.hint(width, height, faces, brightness, measured, self._before, covered)
        self._covered += self.hint is FaceHint.COVERED
        self._before = face
        if self._prompts.hint is not None:
            self._ask(pixels, face)
        if self.hint is not FaceHint.GOOD or face is None or measured is None:
            self.forget()
            return self.hint, None
        self._row += 1
        if self._light is None or measured.sharpness > self._light.sharpness:
            if self.best is not None:
                self.best.wipe()
            self.best, self._face, self._light = grab, face, measured
        if self._row < GOOD_IN_A_ROW or self.best is None or self._face is None:
            return self.hint, None
        made = FaceShot(_jpeg(self.best.pixels, self._face), self._light.sharpness, self._light.mean)
        return self.hint, made

    def _ask(self, pixels: Pixels, face: Face | None) -> None:
        """Whoever is in place is asked for the next movement; the picture comes after the last one."""
        if face is None or self.hint not in IN_PLACE:
            self._prompts.lost()
            return
        asked = self._prompts.see(face, openness(pixels, face))
        self.hint = asked or FaceHint.HOLD_STILL

    @property
    def good(self) -> tuple[Grab, Face] | None:
        """The best frame so far, and the face in it."""
        return (self.best, self._face) if self.best is not None and self._face is not None else None

    def forget(self) -> None:
        """The row is broken, or all is done: wipe what was kept."""
        if self.best is not None:
            self.best.wipe()
        self.best = self._face = self._light = None
        self._row = 0


def _movements(words: str) -> tuple[Movement, ...]:
    """The movements that the configuration names. Fault: device-configuration."""
    try:
        return tuple(dict.fromkeys(Movement(word.strip()) for word in words.split(",") if word.strip()))
    except ValueError:
        allowed = ",".join(one.value for one in Movement)
        raise DriverError(FaultCode.DEVICE_CONFIGURATION, {"key": "prompts", "allowed": allowed}) from None


def _yes_or_no(key: str, word: str) -> bool:
    """Fault: device-configuration."""
    if word not in ("yes", "no"):
        raise DriverError(FaultCode.DEVICE_CONFIGURATION, {"key": key, "allowed": "yes, no"})
    return word == "yes"


def _live(pixels: Pixels, hint: FaceHint) -> Frame:
    height, width = pixels.shape[:2]
    scale = min(1.0, PREVIEW_WIDTH / width, PREVIEW_HEIGHT / height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = pixels if scale == 1.0 else cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR)
    shown = cv2.cvtColor(small, cv2.COLOR_BGR2BGRA)
    frame = Frame(size[0], size[1], shown.tobytes(), hint)
    shown.fill(0)
    if small is not pixels:
        small.fill(0)
    return frame


def _jpeg(pixels: Pixels, face: Face) -> bytes:
    """Head and shoulders as a JPEG."""
    height, width = pixels.shape[:2]
    left, right = face.x - SHOT_SIDE * face.width, face.x + (1 + SHOT_SIDE) * face.width
    top, bottom = face.y - SHOT_TOP * face.height, face.y + (1 + SHOT_BOTTOM) * face.height
    cut = pixels[max(0, int(top)) : min(height, int(bottom)), max(0, int(left)) : min(width, int(right))]
    good, data = cv2.imencode(".jpg", cut, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    if not good:
        raise DriverError(FaultCode.CAMERA_FROZEN, {"jpeg": "refused"})
    made = data.tobytes()
    data.fill(0)
    return made
