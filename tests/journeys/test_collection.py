"""预约领取 at the terminal: who has proven who they are books an hour for what lies ready, and gives it back."""

from collections.abc import Iterator

import pytest

from kiosk.demo.stage import Stage, Window
from tests.contract.hands import Hands, Story
from tests.contract.turns import KIOSK_2
from tests.journeys.visiting import CAMERA, PATIENT, READER, fair, gone, rows, said, stage_in, wait_for

pytestmark = pytest.mark.processes
WANG = "500103198504120022"  # as on the virtual card


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A hall with one self-service terminal, whose platform's clock stands until somebody lets it run."""
    with stage_in(tmp_path_factory.mktemp("hall"), clock="manual") as stage:
        yield stage


def ready(stage: Stage) -> Story:
    """What was opened at another terminal, accepted at a window, and lies on the shelf."""
    elsewhere, window = (
        Hands(stage.platform["url"], KIOSK_2),
        Hands(stage.platform["url"], "window-03 demo-window-03"),
    )
    window.sign_in()
    story = Story(elsewhere, WANG).submitted()
    story.ready(window)
    elsewhere.close()
    window.close()
    return story


def tracking(stage: Stage) -> Window:
    """Where somebody asks how a case stands."""
    kiosk = stage.open("kiosk")
    kiosk.page("home", PATIENT)
    kiosk.tap("track")
    kiosk.page("find_my_case")
    return kiosk


def booked(stage: Stage, story: Story) -> list[tuple[object, ...]]:
    return [tuple(one) for one in rows(stage, "SELECT slot FROM collection WHERE case_id = ?", story.case_id)]


def picked(kiosk: Window) -> str:
    """The last day on offer and its first half hour."""
    kiosk.page("book_collection")
    wait_for(lambda: tiles(kiosk), "days are on offer")
    kiosk.tap(tiles(kiosk)[-1])
    kiosk.sees(said("book_collection.hour.title"))
    kiosk.tap(hour := tiles(kiosk)[0])
    return hour


def tiles(kiosk: Window) -> list[str]:
    return [str(one["object"]) for one in kiosk.do("tree") if str(one["object"]).startswith("tile_")]


@pytest.mark.timeout(600)
def test_an_hour_is_booked_moved_and_given_back(stage: Stage) -> None:
    fair(stage)
    story = ready(stage)
    kiosk = tracking(stage)
    stage.hall.do(READER, "lay_card", card="wang")
    kiosk.page("verify_face")
    stage.hall.do(READER, "lift_card")
    stage.hall.do(CAMERA, "show", scene="face")
    kiosk.tap("way_face")
    kiosk.page("see_progress", PATIENT)
    kiosk.tap("book")
    picked(kiosk)
    kiosk.page("see_progress", PATIENT)
    kiosk.sees(said("see_progress.booked"), PATIENT)
    (before,) = booked(stage, story)
    kiosk.tap("book")
    kiosk.page("book_collection")
    wait_for(lambda: "option_none" in {one["object"] for one in kiosk.do("tree")}, "it can be given back")
    kiosk.tap("option_none")
    kiosk.page("see_progress", PATIENT)
    kiosk.sees(said("see_progress.book_hour"), PATIENT)
    assert booked(stage, story) == []
    stage.office.weather(offline=True)
    kiosk.tap("book")
    kiosk.page("book_collection")
    kiosk.sees(said("book_collection.again"), PATIENT)
    stage.office.weather()
    kiosk.tap("banner_retry")
    picked(kiosk)
    kiosk.sees(said("see_progress.booked"), PATIENT)
    assert booked(stage, story) == [before]
    kiosk.tap("next")
    gone(kiosk)
    stage.close(kiosk)


@pytest.mark.timeout(600)
def test_the_code_of_a_slip_books_nothing(stage: Stage) -> None:
    fair(stage)
    story = ready(stage)
    kiosk = tracking(stage)
    kiosk.tap("code_input")
    kiosk.do("pinyin", story.slip)
    kiosk.tap("key_hide", "find")
    kiosk.page("see_progress", PATIENT)
    assert said("see_progress.book_hour") not in "\n".join(kiosk.do("texts"))
    stage.close(kiosk)
