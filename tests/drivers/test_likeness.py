"""A face before the camera beside the picture on a card: the real network, in the camera's own process.

The people are drawn, and drawn so that the network tells them apart; what it makes of living people was measured on
photographs and is said in the module.
"""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.errors import DriverError
from drivers.face_camera import likeness as module
from drivers.face_camera import models, remote
from drivers.face_camera.driver import OpenCvFaceCamera
from drivers.face_camera.gates import nearest
from drivers.face_camera.grabber import Grab, Pixels, Source
from drivers.face_camera.likeness import MARGIN, THRESHOLD, FaceComparer, likeness
from drivers.face_camera.models import SFACE
from drivers.id_card_reader import photo
from drivers.id_card_reader.driver import SdtIdCardReader
from drivers.vendor import process
from drivers.virtual.portrait import PEOPLE, card_picture
from drivers.virtual.portrait_moves import Bearing
from drivers.virtual.scenes import seen
from kiosk.contracts.central_platform import StaffSession, Verification
from kiosk.contracts.device import Ability
from kiosk.contracts.face_camera import FaceShot, Frame, Likeness
from kiosk.contracts.ledger import LedgerState
from kiosk.contracts.smart_card import SignedChallenge, StaffCard
from kiosk.domain.ids import CaseId, SlipCode, StaffRef, VerificationId
from kiosk.faults import FaultCode
from kiosk.session import Scene
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.citizen import CITIZEN
from kiosk.workflow.machine import Effect, Event, advance, begin
from kiosk.workflow.visit import Visit
from ui.viewmodels import citizen
from ui.words import Words

from .conftest import Bench, Hall

CAMERA, READER, DECODER = "kiosk.face_camera", "kiosk.id_card_reader", "kiosk.decoder"
LONG = 60.0
BEARINGS = (
    (Bearing(), 1.0), (Bearing(yaw=12), 1.0), (Bearing(yaw=-12), 0.8), (Bearing(pitch=8), 1.15), (Bearing(), 0.7),
)  # fmt: skip


@pytest.fixture(scope="module")
def comparer() -> FaceComparer:
    return FaceComparer()


def frame(person: str, bearing: Bearing, light: float) -> Pixels:
    made: Pixels | None = cv2.imdecode(np.frombuffer(seen(person, bearing, light), np.uint8), cv2.IMREAD_COLOR)
    assert made is not None
    return made


def card_of(person: str) -> bytes:
    """As the reader hands it on: a bitmap file."""
    good, data = cv2.imencode(".bmp", cv2.cvtColor(np.asarray(card_picture(person)), cv2.COLOR_RGB2BGR))
    assert good
    return data.tobytes()


def test_one_person_across_pose_and_light_and_different_people(comparer: FaceComparer) -> None:
    """Every bearing of everybody beside everybody's card: fifteen pairs of one person, thirty of two."""
    same, different = [], []
    for person in PEOPLE:
        for bearing, light in BEARINGS:
            pixels = frame(person, bearing, light)
            face = nearest(comparer._detector.faces(pixels))
            assert face is not None
            for other in PEOPLE:
                score = comparer.score(pixels, face, card_of(other))
                assert score is not None
                (same if other == person else different).append(score)
    assert len(same) == len(PEOPLE) * len(BEARINGS) and len(different) == len(same) * (len(PEOPLE) - 1)
    assert {likeness(one) for one in same} == {Likeness.LIKELY}, min(same)
    assert Likeness.LIKELY not in {likeness(one) for one in different} and max(different) < THRESHOLD, max(different)


@pytest.mark.parametrize(
    ("score", "word"),
    [
        (THRESHOLD + MARGIN, Likeness.LIKELY), (THRESHOLD + MARGIN - 0.001, Likeness.NOT_SURE),
        (THRESHOLD - MARGIN, Likeness.NOT_SURE), (THRESHOLD - MARGIN - 0.001, Likeness.UNLIKE),
        (1.0, Likeness.LIKELY), (-1.0, Likeness.UNLIKE), (None, Likeness.NOT_COMPARED),
    ],
)  # fmt: skip
def test_near_the_threshold_nothing_is_said(score: float | None, word: Likeness) -> None:
    assert likeness(score) is word


@pytest.mark.parametrize("portrait", [b"BM", b"", card_of("wang")[:900], b"\x00" * 38862])
def test_what_is_no_picture_of_a_face_gives_no_score(comparer: FaceComparer, portrait: bytes) -> None:
    pixels = frame("wang", Bearing(), 1.0)
    face = nearest(comparer._detector.faces(pixels))
    assert face is not None and comparer.score(pixels, face, portrait) is None
    stripes = np.full((126, 102, 3), (40, 90, 160), np.uint8)
    assert comparer.score(pixels, face, cv2.imencode(".bmp", stripes)[1].tobytes()) is None


@pytest.fixture(scope="module")
def hall(module_bench: Bench) -> Hall:
    return module_bench({
        CAMERA: {"kind": "mjpeg", "address": "tcp:127.0.0.1:0"},
        READER: {"kind": "sdt", "address": "tcp:127.0.0.1:0"},
        DECODER: {"kind": "wlt", "address": "", "faces": "wang"},
    })  # fmt: skip


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine decodes a picture in its own time."""
    monkeypatch.setattr(photo, "DECODE_SECONDS", LONG)
    monkeypatch.setattr(process, "START_SECONDS", LONG)
    monkeypatch.setattr(remote, "LIKE_SECONDS", LONG)


@pytest.fixture
def camera(hall: Hall) -> Iterator[OpenCvFaceCamera]:
    device = OpenCvFaceCamera(hall.config(CAMERA, "opencv"))
    device.open()
    yield device
    device.close()


def portrait_on(hall: Hall, card: str, kind: str = "1") -> bytes:
    """Lay a card and read it, picture and all."""
    reader = SdtIdCardReader(hall.config(READER, "sdt", photo=hall.addresses[DECODER], photo_kind=kind))
    reader.open()
    try:
        hall.hand(READER, "lay_card", card=card)
        assert reader.check().abilities == {Ability.DECODES_PORTRAITS}
        return reader.read(LONG).portrait
    finally:
        reader.close()
        hall.hand(READER, "lift_card")


def nobody_looks(frame: Frame) -> None:
    """A preview that shows nothing."""


@pytest.mark.processes
@pytest.mark.parametrize(("person", "kind"), [("wang", "0"), ("li", "1")])
def test_from_card_and_camera_to_a_word(camera: OpenCvFaceCamera, hall: Hall, person: str, kind: str) -> None:
    """The card through reader and decoder, the face through the camera, both over their wires."""
    hall.hand(CAMERA, "show", scene="face", person=person)
    shot = camera.capture(nobody_looks, LONG, portrait_on(hall, "wang", kind))
    assert (shot.likeness is Likeness.LIKELY) == (person == "wang")
    assert shot.likeness is not Likeness.NOT_COMPARED


@pytest.mark.processes
def test_nothing_of_the_card_stays_in_the_shared_memory(camera: OpenCvFaceCamera, hall: Hall) -> None:
    hall.hand(CAMERA, "show", scene="face", person="wang")
    card = card_of("wang")
    assert camera.capture(nobody_looks, LONG, card).likeness is Likeness.LIKELY
    eye = camera._cameras._eye
    assert eye is not None and eye.memory is not None
    assert not any(
        eye.memory[at : at + len(card)].strip(b"\0") for at in range(0, len(eye.memory), remote.SLOT_BYTES)
    )


@pytest.mark.processes
def test_without_a_picture_nothing_is_compared(camera: OpenCvFaceCamera, hall: Hall) -> None:
    hall.hand(CAMERA, "show", scene="face", person="wang")
    assert camera.check().abilities == {Ability.COMPARES_FACES}
    assert camera.capture(nobody_looks, LONG).likeness is None


@pytest.mark.processes
def test_switched_off_it_says_so_and_compares_nothing(hall: Hall) -> None:
    hall.hand(CAMERA, "show", scene="face", person="wang")
    device = OpenCvFaceCamera(hall.config(CAMERA, "opencv", compare="no"))
    device.open()
    try:
        assert device.check().abilities == frozenset()
        assert device.capture(nobody_looks, LONG, card_of("wang")).likeness is None
    finally:
        device.close()
    with pytest.raises(DriverError) as error:
        OpenCvFaceCamera(hall.config(CAMERA, "opencv", compare="maybe"))
    assert error.value.code is FaultCode.DEVICE_CONFIGURATION


@pytest.mark.processes
def test_a_network_that_is_not_the_known_one_costs_the_aid_and_not_the_camera(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SFACE", replace(SFACE, sha256="0" * 64))
    models.model_bytes.cache_clear()
    device = OpenCvFaceCamera(hall.config(CAMERA, "opencv"))
    device.open()
    try:
        assert device.check().abilities == frozenset()
    finally:
        device.close()


@pytest.mark.processes
@pytest.mark.parametrize("wrong", [signal.SIGKILL, signal.SIGSTOP])
def test_a_process_that_dies_or_hangs_over_it_costs_the_aid_and_not_the_picture(
    camera: OpenCvFaceCamera, hall: Hall, monkeypatch: pytest.MonkeyPatch, wrong: signal.Signals
) -> None:
    hall.hand(CAMERA, "show", scene="face", person="wang")
    monkeypatch.setattr(remote, "LIKE_SECONDS", 0.3)
    whole, spoilt = remote.RemoteGrabber.compare, []

    def compare(self: remote.RemoteGrabber, *args: object) -> float | None:
        pid = self._eye.pid
        assert pid is not None
        spoilt.append(pid)
        os.kill(pid, wrong)
        return whole(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(remote.RemoteGrabber, "compare", compare)
    shot = camera.capture(nobody_looks, LONG, card_of("wang"))
    assert isinstance(shot, FaceShot) and shot.likeness is Likeness.NOT_COMPARED
    assert not Path(f"/proc/{spoilt[0]}").exists()
    monkeypatch.undo()
    assert camera.capture(nobody_looks, LONG, card_of("wang")).likeness is Likeness.LIKELY


def test_where_a_camera_has_no_process_of_its_own_it_compares_all_the_same(comparer: FaceComparer) -> None:
    pixels = frame("wang", Bearing(), 1.0)
    face = nearest(comparer._detector.faces(pixels))
    assert face is not None
    grabber = remote.NearGrabber(Source("camera:63", {}))
    score = grabber.compare(Grab(1, pixels), face, card_of("wang"))
    assert score is not None and likeness(score) is Likeness.LIKELY


def test_people_are_told_apart_by_their_cards_too(comparer: FaceComparer) -> None:
    for one, other in combinations(PEOPLE, 2):
        mine = cv2.imdecode(np.frombuffer(card_of(one), np.uint8), cv2.IMREAD_COLOR)
        assert mine is not None
        face = nearest(comparer._detector.faces(mine))
        assert face is not None
        score = comparer.score(mine, face, card_of(other))
        assert score is not None and score < THRESHOLD, (one, other)


@pytest.mark.processes
def test_a_visit_from_the_card_to_the_hint_for_whoever_checks_in_person(camera: OpenCvFaceCamera, hall: Hall) -> None:
    """The citizen's own plan over the real reader, decoder and camera: what the helper then reads on the glass."""
    visit, _ = begin(CITIZEN, Visit(datetime(2026, 11, 27, 9, 0)))

    def did(event: Event) -> tuple[Effect, ...]:
        nonlocal visit
        visit, effects = advance(CITIZEN, visit, event)
        return effects

    did(ev.NextAsked())
    did(ev.VisitBegun(CaseId("01JD9V6C3Q8T2M5N7P0R4S6W8X"), SlipCode("K7P-428")))
    did(ev.Consented(face=True))
    reader = SdtIdCardReader(hall.config(READER, "sdt", photo=hall.addresses[DECODER]))
    reader.open()
    hall.hand(READER, "lay_card", card="wang")
    effects = did(ev.CardRead(reader.read(LONG)))
    reports = (reader.check(), camera.check())
    reader.close()
    wish = next(one for one in effects if isinstance(one, do.TakeFace))
    hall.hand(CAMERA, "show", scene="face", person="wang")
    did(ev.FaceTaken(camera.capture(nobody_looks, LONG, wish.portrait)))
    did(ev.InPersonAsked())
    ref = StaffRef("0600")
    for event in (
        ev.StaffCardPut(StaffCard(ref)), ev.PinEntered("112233"),
        ev.ChallengeSigned(SignedChallenge(ref, b"c" * 32, b"s" * 64)),
        ev.StaffSignedIn(StaffSession(ref, "褚帮办", frozenset({"helper"}), visit.now)),
    ):  # fmt: skip
        did(event)
    scene = Scene(visit, "open_business", reports, True, LedgerState(0, 0, 0, ""), 1)
    assert "像同一个人" in str(citizen.present(scene, Words("zh"), {}).data["aid"])
    did(ev.PersonConfirmedHere())
    did(ev.PersonVerified(Verification(VerificationId("V-1"), True, visit.now)))
    assert (visit.portrait, visit.likeness) == (None, None)
