"""Whether a frame is good enough for the authority's comparison, and what to tell the person if not.

Pure: figures in, one instruction out. Figures without a source are starting values for the camera at hand
(to be calibrated); GB/T 35678 defines the distance between the eyes in pixels, ISO/IEC 29794-5 the pose.
"""

import math
from dataclasses import dataclass

from kiosk.contracts.face_camera import FaceHint

MIN_EYES = 60.0  # pixels between the eyes in the picture that is sent; 90 is better
MIN_WIDTH, MAX_WIDTH = 0.25, 0.60  # face width, share of the frame's shorter side
MAX_OFF_MIDDLE = 0.20  # distance of the face from the middle, share of the frame's side
MIN_MEAN, MAX_MEAN = 70.0, 200.0  # mean grey of the face
MAX_HALVES = 40.0  # difference of mean grey between its left and right half
MIN_SPREAD = 64.0  # grey levels between the 5th and the 95th percentile: seven bits
MAX_BURNT = 0.05  # share of the face's pixels above 250
NIGHT, GLARE = 45.0, 225.0  # mean grey of a whole frame in which nobody can be seen anyway
MIN_SHARPNESS = 60.0  # variance of the Laplacian on the aligned face, 112 × 112
MAX_ROLL, MAX_YAW, MAX_PITCH = 20.0, 20.0, 15.0  # degrees
MAX_MOVE = 0.08  # way of the face between two frames, share of its width
MAX_TINT = 14.0  # distance in Cr and Cb between the upper cheeks and the mouth with the chin: cloth is no skin
MIN_CLOTH_LIGHT = 0.5  # grey of the lower face, share of the upper cheeks': what is darker may be a beard
MIN_EYES_LIGHT = 0.42  # grey of the places of the eyes, share of the upper cheeks'; dark glasses take it all
SMALL = 0.35  # a second face narrower than this share of the first stands far behind


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the frame, pixels."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Face:
    """One face as the detector saw it. Left and right as in the picture; pixels of the frame."""

    x: float
    y: float
    width: float
    height: float
    left_eye: Point
    right_eye: Point
    nose: Point
    left_mouth: Point
    right_mouth: Point
    score: float

    @property
    def middle(self) -> Point:
        """The middle of the box."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    @property
    def eyes(self) -> float:
        """Distance between the eyes."""
        return math.hypot(self.right_eye.x - self.left_eye.x, self.right_eye.y - self.left_eye.y)


@dataclass(frozen=True, slots=True)
class Light:
    """How the face lies in the light, and how sharp it is."""

    mean: float
    halves: float
    spread: float
    burnt: float
    sharpness: float


@dataclass(frozen=True, slots=True)
class Cover:
    """Whether something lies over the face: how unlike the upper cheeks the lower face is coloured, and how light it
    and the places of the eyes are, as shares of the cheeks. Rough: colours tell nothing under a coloured lamp, and a
    black mask looks like a black beard; nobody is turned away for a beard."""

    tint: float
    lower_light: float
    eyes_light: float


@dataclass(frozen=True, slots=True)
class Pose:
    """How the head is turned, degrees, from five landmarks: rough, but the same for everybody."""

    roll: float
    yaw: float
    pitch: float


def pose(face: Face) -> Pose:
    """Estimate the pose from where the nose stands between eyes and mouth.

    A head is taken as a ball whose nose stands out by about the distance from the eyes to each other's middle: the
    nose then moves sideways with the sine of yaw, and up or down with the sine of pitch.
    """
    eyes = face.eyes or 1.0
    roll = math.degrees(math.atan2(face.right_eye.y - face.left_eye.y, face.right_eye.x - face.left_eye.x))
    turn = math.radians(-roll)
    eye_mid = Point((face.left_eye.x + face.right_eye.x) / 2, (face.left_eye.y + face.right_eye.y) / 2)
    nose = _turned(face.nose, eye_mid, turn)
    mouth_mid = Point((face.left_mouth.x + face.right_mouth.x) / 2, (face.left_mouth.y + face.right_mouth.y) / 2)
    mouth = _turned(mouth_mid, eye_mid, turn)
    drop = max(mouth.y, 1.0)
    yaw = math.degrees(math.asin(_unit((nose.x - mouth.x / 2) / (eyes * 0.6))))
    pitch = math.degrees(math.asin(_unit((nose.y / drop - 0.56) / 0.6)))
    return Pose(roll, yaw, pitch)


def _turned(point: Point, origin: Point, angle: float) -> Point:
    x, y = point.x - origin.x, point.y - origin.y
    return Point(x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle))


def _unit(value: float) -> float:
    return max(-1.0, min(1.0, value))


def nearest(faces: tuple[Face, ...]) -> Face | None:
    """The face in front."""
    return max(faces, key=lambda face: face.width, default=None)


def hint(
    width: int,
    height: int,
    faces: tuple[Face, ...],
    frame_mean: float,
    light: Light | None,
    before: Face | None,
    cover: Cover | None = None,
) -> FaceHint:
    """The one thing to say about this frame; the most helpful first: who, where, in which light, how much of the face
    is free, how still.

    ``light`` and ``cover`` are those of the nearest face, ``before`` the nearest face of the frame before.
    """
    face = nearest(faces)
    if face is None or light is None:
        return (
            FaceHint.TOO_DARK
            if frame_mean < NIGHT
            else FaceHint.TOO_BRIGHT
            if frame_mean > GLARE
            else FaceHint.NOBODY
        )
    if any(one is not face and one.width >= SMALL * face.width for one in faces):
        return FaceHint.SEVERAL
    return (
        _place(width, height, face)
        or _light(light)
        or _covered(cover)
        or _stillness(face, light, before)
        or FaceHint.GOOD
    )


def _place(width: int, height: int, face: Face) -> FaceHint | None:
    share = face.width / min(width, height)
    if share > MAX_WIDTH:
        return FaceHint.STEP_BACK
    if share < MIN_WIDTH or face.eyes < MIN_EYES:
        return FaceHint.COME_CLOSER
    off = max(abs(face.middle.x / width - 0.5), abs(face.middle.y / height - 0.5))
    inside = face.x >= 0 and face.y >= 0 and face.x + face.width <= width and face.y + face.height <= height
    return None if inside and off <= MAX_OFF_MIDDLE else FaceHint.TO_THE_MIDDLE


def _light(light: Light) -> FaceHint | None:
    if light.mean > MAX_MEAN or light.burnt > MAX_BURNT:
        return FaceHint.TOO_BRIGHT
    if light.mean < MIN_MEAN or light.spread < MIN_SPREAD or light.halves > MAX_HALVES:
        return FaceHint.TOO_DARK
    return None


def _covered(cover: Cover | None) -> FaceHint | None:
    if cover is None:
        return None
    cloth = cover.tint > MAX_TINT and cover.lower_light >= MIN_CLOTH_LIGHT
    return FaceHint.COVERED if cloth or cover.eyes_light < MIN_EYES_LIGHT else None


def _stillness(face: Face, light: Light, before: Face | None) -> FaceHint | None:
    turned = pose(face)
    if abs(turned.roll) > MAX_ROLL or abs(turned.yaw) > MAX_YAW or abs(turned.pitch) > MAX_PITCH:
        return FaceHint.LOOK_STRAIGHT
    moved = before is not None and _way(face.middle, before.middle) > MAX_MOVE * face.width
    return FaceHint.HOLD_STILL if moved or light.sharpness < MIN_SHARPNESS else None


def _way(here: Point, there: Point) -> float:
    return math.hypot(here.x - there.x, here.y - there.y)
