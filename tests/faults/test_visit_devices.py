"""What hands do to the kiosk's devices in the middle of a visit: said in words, and the visit goes on by itself."""

import json
from collections.abc import Iterator

import pytest

from kiosk.demo.stage import Stage, Window
from kiosk.faults import FaultCode
from tests.journeys.visiting import (
    CAMERA,
    PRINTER,
    READER,
    Keeper,
    arrived_once,
    command,
    fault,
    finish,
    lay,
    leave_at_card,
    leave_later,
    said,
    slip_code,
    stage_in,
    to_card,
    to_submit,
    wait_for,
)

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage_in(tmp_path_factory.mktemp("hall")) as stage:
        yield stage


@pytest.fixture(scope="module")
def terminal(stage: Stage) -> Keeper:
    return Keeper(stage, "kiosk", "home")


@pytest.fixture
def kiosk(terminal: Keeper) -> Window:
    return terminal.at_rest()


def goes(kiosk: Window, code: FaultCode) -> None:
    """The words of a fault go by themselves."""
    wait_for(lambda: fault(code) not in "".join(kiosk.do("texts")), f"the going of {code.value}")


# --- the reader ---
def test_reader_pulled_and_put_back(stage: Stage, kiosk: Window) -> None:
    to_card(kiosk)
    stage.hall.do(READER, "unplug")
    kiosk.sees(fault(FaultCode.ID_CARD_READER_ABSENT))
    kiosk.sees(said("present_id_card.stopped"))
    stage.hall.do(READER, "plug")
    goes(kiosk, FaultCode.ID_CARD_READER_ABSENT)
    assert said("present_id_card.stopped") not in kiosk.do("texts")
    lay(stage, kiosk)
    leave_later(kiosk)


def test_reader_absent_is_said_at_home(stage: Stage, kiosk: Window) -> None:
    stage.hall.do(READER, "unplug")
    kiosk.sees(fault(FaultCode.ID_CARD_READER_ABSENT))
    stage.hall.do(READER, "plug")
    goes(kiosk, FaultCode.ID_CARD_READER_ABSENT)
    to_card(kiosk)
    leave_at_card(kiosk)


@pytest.mark.parametrize(
    ("verb", "args", "says"),
    [
        ("lay_card", {"card": "damaged"}, FaultCode.CARD_READ_FAILED),
        ("lay_card", {"card": "wrong_digit"}, FaultCode.CARD_DATA_INVALID),
        ("lay_card", {"card": "expired"}, FaultCode.CARD_EXPIRED),
        ("wrong_card", {"kind": "other"}, FaultCode.WRONG_CARD),
        ("wrong_card", {"kind": "unknown_flag"}, FaultCode.WRONG_CARD),
        ("lay_second_card", {"card": "li"}, FaultCode.TWO_CARDS),
        ("lift_during_read", {"card": "wang"}, FaultCode.CARD_READ_FAILED),
    ],
    ids=["damaged", "wrong digit", "expired", "bank card", "unknown kind", "two cards", "lifted"],
)
def test_card_that_cannot_be_used(
    stage: Stage, kiosk: Window, verb: str, args: dict[str, str], says: FaultCode
) -> None:
    """The words say which, and the right card laid afterwards is read without a touch on the screen."""
    to_card(kiosk)
    stage.hall.do(READER, verb, **args)
    kiosk.sees(fault(says))
    assert said("present_id_card.stopped") not in kiosk.do("texts")
    stage.hall.do(READER, "lift_card")
    lay(stage, kiosk)
    leave_later(kiosk)


def test_one_of_two_cards_taken_away(stage: Stage, kiosk: Window) -> None:
    """The other is read where it lies."""
    to_card(kiosk)
    stage.hall.do(READER, "lay_second_card", card="li")
    kiosk.sees(fault(FaultCode.TWO_CARDS))
    stage.hall.do(READER, "lift_second_card")
    kiosk.page("verify_face")
    stage.hall.do(READER, "lift_card")
    leave_later(kiosk)


@pytest.mark.parametrize("how", ["checksum", "cut", "garbage_before", "stray_aa", "twice", "bytewise"])
def test_noise_on_the_readers_line(stage: Stage, kiosk: Window, how: str) -> None:
    """Whatever the line does once, the card is read in the end, and nobody is asked to do anything."""
    to_card(kiosk)
    stage.hall.do(READER, "garbage", bytes=64)
    stage.hall.do(READER, "spoil_next", how=how)
    lay(stage, kiosk)
    leave_later(kiosk)


def test_reader_gone_silent_comes_back(stage: Stage, kiosk: Window) -> None:
    to_card(kiosk)
    stage.hall.do(READER, "silence")
    stage.hall.do(READER, "lay_card", card="wang")
    kiosk.sees(fault(FaultCode.ID_CARD_READER_ABSENT), 60)
    stage.hall.do(READER, "speak")
    kiosk.page("verify_face", 60)
    leave_later(kiosk)


# --- the camera ---
def test_camera_pulled_and_put_back(stage: Stage, kiosk: Window) -> None:
    to_card(kiosk)
    lay(stage, kiosk)
    kiosk.sees(said("face_hint.nobody"))
    stage.hall.do(CAMERA, "unplug")
    kiosk.sees(fault(FaultCode.CAMERA_ABSENT))
    kiosk.sees(said("verify_face.way_in_person_offer"))
    stage.hall.do(CAMERA, "show", scene="face")
    stage.hall.do(CAMERA, "plug")
    kiosk.page("choose_purpose", 60)
    leave_later(kiosk)


def test_camera_frozen(stage: Stage, kiosk: Window) -> None:
    to_card(kiosk)
    lay(stage, kiosk)
    kiosk.sees(said("face_hint.nobody"))
    stage.hall.do(CAMERA, "freeze")
    kiosk.sees(fault(FaultCode.CAMERA_FROZEN))
    stage.hall.do(CAMERA, "show", scene="face")
    stage.hall.do(CAMERA, "thaw")
    kiosk.page("choose_purpose", 60)
    leave_later(kiosk)


def test_camera_absent_leaves_the_equal_way(stage: Stage, kiosk: Window) -> None:
    """Without a camera a helper is called; nobody is asked to try what cannot work."""
    to_card(kiosk)
    lay(stage, kiosk)
    stage.hall.do(CAMERA, "unplug")
    kiosk.sees(said("verify_face.way_face_gone"))
    kiosk.tap("way_in_person")
    kiosk.sees(said("verify_face.in_person.title"))
    leave_later(kiosk)


# --- the printer ---
def test_printer_in_every_trouble_around_one_submission(stage: Stage, kiosk: Window) -> None:
    """Said before the submission, which goes on without paper; the code stands on the screen; mended, it prints."""
    stage.hall.do(PRINTER, "open_cover")
    to_submit(stage, kiosk, "高山")
    kiosk.sees(fault(FaultCode.COVER_OPEN))
    kiosk.sees(said("submit.without_paper"))
    stage.hall.do(PRINTER, "close_cover")
    goes(kiosk, FaultCode.COVER_OPEN)
    stage.hall.do(PRINTER, "paper_out")
    kiosk.tap("back")
    kiosk.page("sign")
    kiosk.tap("next")
    kiosk.page("submit")
    kiosk.sees(fault(FaultCode.PAPER_OUT))
    kiosk.tap("submit")
    kiosk.sees(said("truth.sent"))
    kiosk.tap("next")
    kiosk.page("take_receipt")
    kiosk.sees(fault(FaultCode.PAPER_OUT))
    kiosk.sees(said("take_receipt.paperless.title"))
    code = slip_code(kiosk)
    before = stage.hall.do(PRINTER, "last_receipt")["count"]
    stage.hall.do(PRINTER, "paper_in")
    kiosk.sees(said("take_receipt.done.title"))
    wait_for(lambda: stage.hall.do(PRINTER, "last_receipt")["count"] == before + 1, "the slip")
    finish(kiosk)
    arrived_once(stage, "kiosk", code)


def test_printer_switched_off_in_the_middle_of_a_slip(stage: Stage, kiosk: Window) -> None:
    to_submit(stage, kiosk, "流水")
    kiosk.tap("submit")
    kiosk.sees(said("truth.sent"))
    stage.hall.do(PRINTER, "die_after", bytes=3000)
    kiosk.tap("next")
    kiosk.page("take_receipt")
    kiosk.sees(said("take_receipt.paperless.title"), 60)
    code = slip_code(kiosk)
    stage.hall.do(PRINTER, "power_on")
    kiosk.sees(said("take_receipt.done.title"), 60)
    assert [one["f.cause"] for one in trail(stage, "reprinted")] == [FaultCode.PRINTER_ABSENT.value]
    [again], [*_, whole] = trail(stage, "reprinted"), trail(stage, "printed")
    assert again["case"] == whole["case"] != "" and again["f.job"] == whole["f.job"]
    assert whole["f.result"] == "printed" and "f.reprint" not in whole  # nobody asked for it
    finish(kiosk)
    arrived_once(stage, "kiosk", code)


def trail(stage: Stage, kind: str) -> list[dict[str, str]]:
    """The entries of a kind in the kiosk's audit trail."""
    ended, told = command(stage.family.env, "audit", "export", "--config", str(stage.configs["kiosk"]))
    assert ended == 0, told
    entries = [json.loads(line)["body"] for line in told.splitlines() if line.startswith("{")]
    return [one for one in entries if one["kind"] == kind]
