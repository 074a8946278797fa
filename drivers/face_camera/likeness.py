"""A face before the camera beside the picture on the card (SFace): an aid for whoever compares them in person.

The network was trained and measured elsewhere, on other people's photographs, and a card's picture is small and old:
what is said here decides nothing. Pictures and what is measured of them are overwritten at once.
"""

from functools import cache

import cv2
import numpy as np

from drivers.errors import DriverError
from drivers.face_camera import gates
from drivers.face_camera.detector import FaceDetector
from drivers.face_camera.gates import Face
from drivers.face_camera.models import SFACE, model_bytes
from drivers.face_camera.pixels import Pixels
from kiosk.contracts.face_camera import Likeness

THRESHOLD = 0.363  # cosine from which OpenCV's own example of this network (OpenCV Zoo, sface.py) says: one person
MARGIN = 0.1  # on both sides of it nothing is said: by so much the score of a pair moves when one of the two pictures
# is made as small as a chip's (two standard deviations over 182 pairs of photographs)


def likeness(score: float | None) -> Likeness:
    """The word for a score; None is no score."""
    if score is None:
        return Likeness.NOT_COMPARED
    if score >= THRESHOLD + MARGIN:
        return Likeness.LIKELY
    return Likeness.UNLIKE if score < THRESHOLD - MARGIN else Likeness.NOT_SURE


def can_compare() -> bool:
    """Whether the network is there, and the known one."""
    try:
        model_bytes(SFACE)
    except DriverError:
        return False
    return True


class FaceComparer:
    """One thread. Takes a tenth of a second or two once it is made."""

    def __init__(self) -> None:
        """Reads the network in. Fault: device-configuration (details: model)."""
        model, nothing = np.frombuffer(model_bytes(SFACE), np.uint8), np.zeros(0, np.uint8)
        self._net = cv2.FaceRecognizerSF.create("onnx", model, nothing)
        self._detector = FaceDetector()

    def score(self, pixels: Pixels, face: Face, portrait: bytes) -> float | None:
        """Cosine of a face in a frame and the one in a picture file, -1 … 1; None when that shows no face."""
        try:
            card = cv2.imdecode(np.frombuffer(portrait, np.uint8), cv2.IMREAD_COLOR)
        except cv2.error:
            return None
        if card is None:
            return None
        try:
            there = gates.nearest(self._detector.faces(card))
            if there is None:
                return None
            mine, other = self._measured(pixels, face), self._measured(card, there)
            score = float(self._net.match(mine, other, cv2.FaceRecognizerSF_FR_COSINE))
            mine.fill(0)
            other.fill(0)
        finally:
            card.fill(0)
        return score if np.isfinite(score) else None

    def _measured(self, pixels: Pixels, face: Face) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
        spots = (face.left_eye, face.right_eye, face.nose, face.left_mouth, face.right_mouth)
        flat = [face.x, face.y, face.width, face.height, *(part for spot in spots for part in (spot.x, spot.y))]
        aligned = self._net.alignCrop(pixels, np.array([[*flat, face.score]], np.float32))
        measured = self._net.feature(aligned).copy()
        aligned.fill(0)
        return measured  # type: ignore[no-any-return]


@cache
def comparer() -> FaceComparer:
    """The one of this process, read in when it is first needed: most sittings compare nothing."""
    return FaceComparer()


def compare(pixels: Pixels, face: Face, portrait: bytes) -> float | None:
    """See ``FaceComparer.score``; a network that is not there, or stumbles, gives no score."""
    try:
        return comparer().score(pixels, face, portrait)
    except (DriverError, cv2.error):
        return None
