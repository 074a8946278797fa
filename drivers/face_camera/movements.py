"""Small movements that a person is asked for before the picture: turn the head, blink, nod.

An honest aid and no proof: a photograph that is held still makes none of them, a film of the person might. Whether
somebody is really there is decided by the authority's own service. Pure: one face after the other in, words out.
Thresholds without a source are starting values for the camera at hand.
"""

import enum
from collections.abc import Sequence

from drivers.face_camera.gates import Face, pose
from kiosk.contracts.face_camera import FaceHint

TURNED = 12.0  # degrees between the furthest that the head was turned to either side
DOWN, UP = 0.22, 0.12  # how far the eyes sink and come back, in distances between them
SHUT, OPEN = 0.6, 0.8  # of how open the eyes were at their widest


class Movement(enum.Enum):
    """What can be asked for; the value is the word in the configuration."""

    TURN = "turn"
    BLINK = "blink"
    NOD = "nod"

    @property
    def hint(self) -> FaceHint:
        """How it is said."""
        return _HINTS[self]


_HINTS = {Movement.TURN: FaceHint.TURN_HEAD, Movement.BLINK: FaceHint.BLINK, Movement.NOD: FaceHint.NOD}


class _Since:
    """What one person's head has done since it was said: a movement is measured from its furthest, not from where the
    head happened to be. Whoever was still looking down when asked to nod could never have sunk any further."""

    def __init__(self, face: Face, openness: float) -> None:
        self._left = self._right = pose(face).yaw
        self._top = _level(face)
        self._open = openness
        self._half = False  # shut, or sunk, and not yet back

    def made(self, movement: Movement, face: Face, openness: float) -> bool:
        """Whether the movement is complete with this frame."""
        if movement is Movement.TURN:
            yaw = pose(face).yaw
            self._left, self._right = min(self._left, yaw), max(self._right, yaw)
            return self._right - self._left >= TURNED
        if movement is Movement.NOD:
            self._top = min(self._top, _level(face))
            sunk = (_level(face) - self._top) / max(face.eyes, 1.0)
            self._half = self._half or sunk >= DOWN
            return self._half and sunk <= UP
        self._open = max(self._open, openness)
        self._half = self._half or openness <= SHUT * self._open
        return self._half and openness >= OPEN * self._open


class Prompts:
    """The movements still to be made by one person, one at a time, in the order given."""

    def __init__(self, wanted: Sequence[Movement]) -> None:
        self._wanted = list(wanted)
        self._since: _Since | None = None

    @property
    def hint(self) -> FaceHint | None:
        """What to say now; None when all is done."""
        return self._wanted[0].hint if self._wanted else None

    def see(self, face: Face, openness: float) -> FaceHint | None:
        """Look at the next frame of the same person; what to say now. ``openness`` of the eyes, any unit."""
        if not self._wanted:
            return None
        if self._since is None:
            self._since = _Since(face, openness)
        elif self._since.made(self._wanted[0], face, openness):
            del self._wanted[0]
            self._since = None
        return self.hint

    def lost(self) -> None:
        """The person went out of place: the movement that was under way begins anew."""
        self._since = None


def _level(face: Face) -> float:
    return (face.left_eye.y + face.right_eye.y) / 2
