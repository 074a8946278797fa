"""One instruction at a time, and the most helpful one first."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.face_camera.gates import Cover, Face, Light, Point, hint, nearest, pose
from kiosk.contracts.face_camera import FaceHint

WIDTH, HEIGHT = 1280, 720
LIT = Light(mean=120, halves=5, spread=120, burnt=0.0, sharpness=300)


def face(x: float = 640, y: float = 360, width: float = 280, roll: float = 0.0, yaw: float = 0.0) -> Face:
    """A face looking into the camera, its middle at (x, y)."""
    half = width * 0.22

    def spot(dx: float, dy: float) -> Point:
        c, s = math.cos(math.radians(roll)), math.sin(math.radians(roll))
        return Point(x + dx * c - dy * s, y + dx * s + dy * c)

    aside = math.sin(math.radians(yaw)) * 0.6 * 2 * half
    return Face(
        x - width / 2,
        y - width * 0.65,
        width,
        width * 1.3,
        spot(-half, -half),
        spot(half, -half),
        spot(aside, half * 0.12),
        spot(-half * 0.8, half),
        spot(half * 0.8, half),
        0.9,
    )


def say(*faces: Face, light: Light | None = LIT, mean: float = 110, before: Face | None = None) -> FaceHint:
    return hint(WIDTH, HEIGHT, faces, mean, light, before)


def test_good() -> None:
    assert say(face()) is FaceHint.GOOD
    assert say(face(), before=face(x=645)) is FaceHint.GOOD


def test_nobody_or_a_covered_or_blinded_camera() -> None:
    assert say(light=None) is FaceHint.NOBODY
    assert say(light=None, mean=10) is FaceHint.TOO_DARK
    assert say(light=None, mean=250) is FaceHint.TOO_BRIGHT


def test_two_people_but_not_somebody_far_behind() -> None:
    assert say(face(500), face(900, width=200)) is FaceHint.SEVERAL
    assert say(face(), face(1100, width=60)) is FaceHint.GOOD


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (face(width=100), FaceHint.COME_CLOSER),
        (face(width=179), FaceHint.COME_CLOSER),
        (face(width=440), FaceHint.STEP_BACK),
        (face(x=250), FaceHint.TO_THE_MIDDLE),
        (face(y=550), FaceHint.TO_THE_MIDDLE),
        (face(roll=30), FaceHint.LOOK_STRAIGHT),
        (face(yaw=35), FaceHint.LOOK_STRAIGHT),
        (face(yaw=-35), FaceHint.LOOK_STRAIGHT),
    ],
)
def test_place_and_pose(one: Face, expected: FaceHint) -> None:
    assert say(one) is expected


@pytest.mark.parametrize(
    ("light", "expected"),
    [
        (replace(LIT, mean=50), FaceHint.TOO_DARK),
        (replace(LIT, spread=40), FaceHint.TOO_DARK),
        (replace(LIT, halves=60), FaceHint.TOO_DARK),
        (replace(LIT, mean=220), FaceHint.TOO_BRIGHT),
        (replace(LIT, burnt=0.2), FaceHint.TOO_BRIGHT),
        (replace(LIT, sharpness=20), FaceHint.HOLD_STILL),
    ],
)
def test_light_and_sharpness(light: Light, expected: FaceHint) -> None:
    assert say(face(), light=light) is expected


def test_moving() -> None:
    assert say(face(), before=face(x=580)) is FaceHint.HOLD_STILL


def test_what_matters_more_is_said_first() -> None:
    assert say(face(100, width=90), light=replace(LIT, mean=20, sharpness=1)) is FaceHint.COME_CLOSER
    assert say(face(200), light=replace(LIT, mean=20, sharpness=1)) is FaceHint.TO_THE_MIDDLE
    assert say(face(), light=replace(LIT, mean=20, sharpness=1)) is FaceHint.TOO_DARK


@given(st.floats(-40, 40), st.floats(-60, 60))
def test_pose_is_what_the_head_does(roll: float, yaw: float) -> None:
    seen = pose(face(roll=roll, yaw=yaw))
    assert seen.roll == pytest.approx(roll, abs=0.1)
    assert seen.yaw == pytest.approx(yaw, abs=0.5)
    assert abs(seen.pitch) < 5


ANY = st.floats(-1e6, 1e6)
POINTS = st.builds(Point, ANY, ANY)


@given(
    st.lists(st.builds(Face, ANY, ANY, ANY, ANY, POINTS, POINTS, POINTS, POINTS, POINTS, st.just(0.9)), max_size=3),
    st.builds(Light, ANY, ANY, ANY, ANY, ANY),
)
def test_no_figures_break_it(faces: list[Face], light: Light) -> None:
    front = nearest(tuple(faces))
    said = hint(WIDTH, HEIGHT, tuple(faces), 100.0, light if front else None, front)
    assert isinstance(said, FaceHint)
    assert (said is FaceHint.NOBODY) == (front is None)


@pytest.mark.parametrize(
    ("cover", "said"),
    [
        (Cover(3, 0.95, 0.7), FaceHint.GOOD),
        (Cover(35, 1.1, 0.7), FaceHint.COVERED),  # a mask
        (Cover(3, 0.95, 0.2), FaceHint.COVERED),  # dark glasses
        (Cover(30, 0.3, 0.7), FaceHint.GOOD),  # a beard
        (None, FaceHint.GOOD),
    ],
)
def test_what_lies_over_a_face(cover: Cover | None, said: FaceHint) -> None:
    assert hint(WIDTH, HEIGHT, (face(),), 110, LIT, None, cover) is said
    assert hint(WIDTH, HEIGHT, (face(x=200),), 110, LIT, None, cover) is FaceHint.TO_THE_MIDDLE
