"""Compared in person over the real platform, by whoever has come; and the power fails while that person is there."""

from collections.abc import Iterator

import pytest

from kiosk.demo.stage import Stage, Window
from tests.journeys.visiting import (
    KIOSK_STAFF_CARD,
    PATIENT,
    fair,
    gone,
    kill,
    lay,
    rows,
    said,
    seen,
    slip_code,
    stage_in,
    states,
    to_card,
    wait_for,
)

pytestmark = [pytest.mark.processes, pytest.mark.timeout(900)]
CLERK, HELPER = ("0317", "135790", "周示例"), ("0600", "112233", "褚帮办")
Staff = tuple[str, str, str]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A hall with one self-service terminal, which has a reader for staff cards."""
    with stage_in(tmp_path_factory.mktemp("hall")) as stage:
        yield stage


def beside(stage: Stage, staff: Staff) -> Window:
    """A person asked to be compared, and somebody has come and signed in; the call is that one's."""
    ref, pin, name = staff
    fair(stage)
    kiosk = stage.open("kiosk")
    kiosk.page("home", PATIENT)
    to_card(kiosk, "in_person")
    lay(stage, kiosk)
    if "way_in_person" in {one["object"] for one in kiosk.do("tree")}:
        kiosk.tap("way_in_person")
    kiosk.sees(said("verify_face.way_in_person_called"), PATIENT)
    stage.hall.do(KIOSK_STAFF_CARD, "insert", card=f"staff:{ref}")
    kiosk.page("confirm_in_person", PATIENT)
    kiosk.tap(*(f"digit_{one}" for one in pin), "pin")
    kiosk.sees(said("confirm_in_person.compare.title"), PATIENT)
    kiosk.sees(said("chrome.helper.here.what", name=name), PATIENT)
    assert rows(stage, "SELECT by FROM assistance WHERE state = 'JOINED'") == [(ref,)]
    assert rows(stage, "SELECT staff_ref FROM staff_session") == [(ref,)]
    return kiosk


def nobody_there(stage: Stage) -> bool:
    """Nobody is signed in at the terminal, and no call is open or somebody's."""
    open_ = rows(stage, "SELECT id FROM assistance WHERE state != 'DONE'")
    return not open_ and not rows(stage, "SELECT token FROM staff_session")


def test_a_clerk_who_came_ends_the_call_by_the_verdict(stage: Stage) -> None:
    kiosk = beside(stage, CLERK)
    kiosk.tap("confirm")
    kiosk.page("choose_purpose", PATIENT)
    stage.hall.do(KIOSK_STAFF_CARD, "remove")
    wait_for(lambda: nobody_there(stage), "the end of the call and of the sign-in")
    wait_for(lambda: CLERK[2] not in seen(kiosk), "the banner goes with the clerk")
    wanted = "SELECT id, at, joined_at, done_at FROM assistance WHERE by = ? ORDER BY at"
    call, asked, joined, done = rows(stage, wanted, CLERK[0])[-1]
    assert asked <= joined <= done
    acts = rows(stage, "SELECT op FROM helper_act WHERE assistance_id = ? ORDER BY id", call)
    assert acts == [("joinVisit",), ("postVerification",)]
    code = slip_code(kiosk)
    kill(stage, kiosk)  # once the verdict is on the disk the case is under its slip, as at any other moment
    kiosk = stage.open("kiosk")
    kiosk.page("home", PATIENT)
    assert CLERK[2] not in seen(kiosk)
    assert stage.settled("kiosk", PATIENT)
    assert states(stage, code) == ["DRAFT"]
    stage.close(kiosk)
    assert stage.verify_audit("kiosk") == "verified"


def test_the_power_fails_while_a_helper_is_there(stage: Stage) -> None:
    """Before the verdict nothing of the person was kept. The sign-in was lost with the run that had it, and with it
    the call has ended, as soon as the platform hears of the next run."""
    before = len(rows(stage, "SELECT id FROM opening_case"))
    kiosk = beside(stage, HELPER)
    kill(stage, kiosk)
    kiosk = stage.open("kiosk")
    kiosk.page("home", PATIENT)
    assert HELPER[2] not in seen(kiosk)
    wait_for(lambda: nobody_there(stage), "the end of the call and of the sign-in")
    to_card(kiosk)  # the staff card that still lies there means nothing to the next person
    kiosk.tap("without", "leave")
    gone(kiosk)
    assert len(rows(stage, "SELECT id FROM opening_case")) == before
    stage.close(kiosk)
    assert stage.verify_audit("kiosk") == "verified"


@pytest.mark.long
def test_the_power_fails_between_the_platforms_verdict_and_its_recording(stage: Stage) -> None:
    """The platform has the verdict, the terminal never heard it: nobody is verified here, and it is given anew."""
    verified = "SELECT id FROM verification WHERE result = 'PASSED'"
    before, cases = len(rows(stage, verified)), len(rows(stage, "SELECT id FROM opening_case"))
    kiosk = beside(stage, HELPER)
    stage.office.weather(drop_after_commit=1.0)
    kiosk.tap("confirm")
    wait_for(lambda: len(rows(stage, verified)) == before + 1, "the platform's verdict")
    kill(stage, kiosk)
    stage.office.weather()
    assert len(rows(stage, "SELECT id FROM opening_case")) == cases
    kiosk = beside(stage, CLERK)  # the first heartbeat has ended what was left; whoever comes now is the only one
    kiosk.tap("confirm")
    kiosk.page("choose_purpose", PATIENT)
    wait_for(lambda: nobody_there(stage), "the end of the call and of the sign-in")
    assert len(rows(stage, verified)) == before + 2
    stage.close(kiosk)
    assert stage.verify_audit("kiosk") == "verified"
