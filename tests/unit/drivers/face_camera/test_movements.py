"""Movements that are asked for: each is seen when it is made, from where the head was when it was said."""

import pytest

from drivers.errors import DriverError
from drivers.face_camera.driver import OpenCvFaceCamera
from drivers.face_camera.gates import Face
from drivers.face_camera.movements import Movement, Prompts
from kiosk.config import DeviceConfig
from kiosk.contracts.face_camera import FaceHint

from .test_gates import face

MADE = {
    Movement.TURN: [(face(yaw=-9), 100.0), (face(yaw=6), 100.0)],
    Movement.NOD: [(face(y=400), 100.0), (face(y=362), 100.0)],
    Movement.BLINK: [(face(), 40.0), (face(), 95.0)],
}
STILL = [(face(x=640 + at % 2, yaw=at % 5), 100.0 - at % 7) for at in range(40)]


@pytest.mark.parametrize("movement", Movement)
def test_a_movement_that_is_made_is_seen(movement: Movement) -> None:
    prompts = Prompts((movement,))
    assert prompts.hint is movement.hint
    assert prompts.see(face(yaw=-9) if movement is Movement.TURN else face(), 100.0) is movement.hint
    said = [prompts.see(*frame) for frame in MADE[movement]]
    assert said == [movement.hint, None]
    assert prompts.hint is None


@pytest.mark.parametrize("movement", Movement)
def test_who_holds_still_or_does_something_else_is_asked_on(movement: Movement) -> None:
    prompts = Prompts((movement,))
    others = [frame for each, frames in MADE.items() if each is not movement for frame in frames]
    for frame in STILL + (others if movement is not Movement.TURN else []):
        assert prompts.see(*frame) is movement.hint


def test_one_after_the_other_in_the_order_given() -> None:
    prompts = Prompts((Movement.BLINK, Movement.NOD))
    prompts.see(face(), 100.0)
    assert [prompts.see(*frame) for frame in MADE[Movement.BLINK]] == [FaceHint.BLINK, FaceHint.NOD]
    prompts.see(face(), 100.0)
    assert [prompts.see(*frame) for frame in MADE[Movement.NOD]] == [FaceHint.NOD, None]


@pytest.mark.parametrize(
    ("movement", "frames"),
    [
        (Movement.NOD, [face(y=400), face(y=362), face(y=400), face(y=362)]),
        (Movement.TURN, [face(yaw=8), face(yaw=1), face(yaw=14)]),
    ],
)
def test_who_is_asked_in_the_middle_of_a_movement_need_not_go_further(movement: Movement, frames: list[Face]) -> None:
    """Still looking down from the last movement, or aside: the next nod is one, and the next turn."""
    prompts = Prompts((movement,))
    assert [prompts.see(one, 100.0) for one in frames][-1] is None


def test_half_a_movement_is_forgotten_when_the_person_goes_out_of_place() -> None:
    prompts = Prompts((Movement.BLINK,))
    prompts.see(face(), 100.0)
    prompts.see(face(), 40.0)
    prompts.lost()
    assert [prompts.see(face(), 100.0) for _ in range(3)] == [FaceHint.BLINK] * 3


def test_a_word_that_is_no_movement_is_a_setting() -> None:
    for words, good in (("turn, nod", True), ("", True), ("jump", False)):
        config = DeviceConfig(driver="opencv", address="camera:0", options={"prompts": words})
        if good:
            OpenCvFaceCamera(config)
            continue
        with pytest.raises(DriverError) as error:
            OpenCvFaceCamera(config)
        assert error.value.details["key"] == "prompts"
