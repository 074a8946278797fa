"""A slip once more, and feedback, with real processes and real lines; the platform's own books are looked into."""

from collections.abc import Iterator

import pytest

from kiosk.demo.stage import Stage, Window
from tests.journeys.visiting import (
    CAMERA,
    PATIENT,
    READER,
    fair,
    finish,
    gone,
    rows,
    said,
    slip_code,
    stage_in,
    to_submit,
    wait_for,
)

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A hall with one self-service terminal."""
    with stage_in(tmp_path_factory.mktemp("hall")) as stage:
        yield stage


def told(kiosk: Window, text: str) -> None:
    """Up to the last touch: what it is about, the words, no phone number."""
    kiosk.page("home", PATIENT)
    kiosk.tap("feedback")
    kiosk.page("choose_topic")
    kiosk.tap("topic_slow")
    kiosk.page("write_words")
    kiosk.tap("words_input")
    kiosk.do("pinyin", text)
    kiosk.tap("key_hide", "onward", "give")
    kiosk.page("take_number")


def kept(stage: Stage) -> list[tuple[str, str, str]]:
    """What the platform has been told, oldest first."""
    return [(n, k, t) for n, k, t in rows(stage, "SELECT number, kind, text FROM feedback ORDER BY at")]


def test_feedback_is_kept_once_under_a_number_and_without_network_later(stage: Stage) -> None:
    fair(stage)
    kiosk = stage.open("kiosk")
    told(kiosk, "叫号太慢")
    kiosk.sees(said("take_number.numbered.title"), PATIENT)
    assert stage.settled("kiosk", PATIENT)  # the recorded deed has arrived as well, and it is one matter
    ((number, kind, text),) = kept(stage)
    assert (kind, text) == ("slow", "叫号太慢") and number in kiosk.do("texts")
    kiosk.tap("retry")
    kiosk.sees(said("take_number.again"), PATIENT)
    kiosk.tap("next")
    gone(kiosk)
    stage.office.weather(offline=True)
    told(kiosk, "屏幕太高")
    kiosk.sees(said("take_number.kept.title"), PATIENT)
    kiosk.tap("next")
    gone(kiosk)
    assert len(kept(stage)) == 1
    stage.office.weather()
    assert stage.settled("kiosk", PATIENT)
    wait_for(
        lambda: [text for _, _, text in kept(stage)] == ["叫号太慢", "屏幕太高"], "what was said without network"
    )
    stage.close(kiosk)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_slip_once_more_by_its_code_and_by_card_and_face(stage: Stage) -> None:
    fair(stage)
    kiosk = stage.open("kiosk")
    kiosk.page("home", PATIENT)
    to_submit(stage, kiosk, "山城")
    kiosk.tap("submit")
    kiosk.sees(said("truth.sent"), PATIENT)
    kiosk.tap("next")
    kiosk.page("take_receipt")
    code = slip_code(kiosk)
    finish(kiosk)
    kiosk.tap("reprint")
    kiosk.page("find_my_slip")
    kiosk.tap("code_input")
    kiosk.do("pinyin", code)
    kiosk.tap("key_hide", "find")
    printed_again(kiosk)
    kiosk.tap("reprint")
    kiosk.page("find_my_slip")
    stage.hall.do(READER, "lay_card", card="wang")
    kiosk.page("verify_face")
    stage.hall.do(READER, "lift_card")
    assert code not in "\n".join(kiosk.do("texts"))
    stage.hall.do(CAMERA, "show", scene="face")
    kiosk.tap("way_face")
    printed_again(kiosk)
    stage.close(kiosk)


def printed_again(kiosk: Window) -> None:
    """The only slip there is, on paper, and home."""
    kiosk.page("choose_copy", PATIENT)
    (one,) = [one["object"] for one in kiosk.do("tree") if one["object"].startswith("copy_")]
    kiosk.tap(str(one))
    kiosk.page("look_at_copy")
    for _ in range(2):
        kiosk.tap("paper_larger")  # painted, or it could not be made larger
    kiosk.tap("next")
    kiosk.page("take_copy")
    kiosk.sees(said("take_copy.title"), PATIENT)
    kiosk.tap("next")
    gone(kiosk)
