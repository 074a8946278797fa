"""Small movements that a person is asked for before the picture: turn the head, blink, nod.

An honest aid and no proof: a photograph that is held still makes none of them, a film of the person might. Whether
somebody is really there is decided by the authority's own service. Pure: one face after the other in, words out.
Thresholds without a source are starting values for the camera at hand.
"""

import enum
from collections.abc import Sequence

from drivers.face_camera.gates import Face, pose
from kiosk.contracts.face_camera import FaceHint

TURNED = 12.0  # degrees to either side of where the head was when it was asked
DOWN, UP = 0.22, 0.12  # how far the eyes sink and come back, in distances between them
SHUT, OPEN = 0.6, 0.8  # of how open the eyes were when they were asked


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


class Prompts:
    """The movements still to be made by one person, one at a time, in the order given."""

    def __init__(self, wanted: Sequence[Movement]) -> None:
        self._wanted = list(wanted)
        self._asked: Face | None = None  # how the head was held when it was said
        self._open = 0.0  # the eyes at their widest since then
        self._half = False  # shut, or sunk, and not yet back

    @property
    def hint(self) -> FaceHint | None:
        """What to say now; None when all is done."""
        return self._wanted[0].hint if self._wanted else None

    def see(self, face: Face, openness: float) -> FaceHint | None:
        """Look at the next frame of the same person; what to say now. ``openness`` of the eyes, any unit."""
        if not self._wanted:
            return None
        if self._asked is None:  # the first frame after it was said is what a movement is measured from
            self._asked, self._open, self._half = face, openness, False
        elif self._made(self._wanted[0], self._asked, face, openness):
            del self._wanted[0]
            self._asked = None
        return self.hint

    def lost(self) -> None:
        """The person went out of place: the movement that was under way begins anew."""
        self._asked = None

    def _made(self, movement: Movement, asked: Face, face: Face, openness: float) -> bool:
        if movement is Movement.TURN:
            return abs(pose(face).yaw - pose(asked).yaw) >= TURNED
        if movement is Movement.NOD:
            sunk = (_level(face) - _level(asked)) / max(asked.eyes, 1.0)
            self._half = self._half or sunk >= DOWN
            return self._half and sunk <= UP
        self._open = max(self._open, openness)
        self._half = self._half or openness <= SHUT * self._open
        return self._half and openness >= OPEN * self._open


def _level(face: Face) -> float:
    return (face.left_eye.y + face.right_eye.y) / 2
