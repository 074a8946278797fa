"""A helper beside a citizen over the real platform: called on the glass, told by the feed, gone by leaving."""

from collections.abc import Iterator
from typing import Any

import pytest

from kiosk.demo.stage import Stage
from tests.contract.hands import KIOSK, WINDOW, Hands
from tests.journeys.visiting import PATIENT, fair, gone, rows, said, seen, stage_in, wait_for

pytestmark = [pytest.mark.processes, pytest.mark.timeout(600)]
NAME = "褚帮办"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A hall with one self-service terminal."""
    with stage_in(tmp_path_factory.mktemp("hall")) as stage:
        yield stage


def at(stage: Stage, terminal: str) -> Hands:
    """The helper's own card at that terminal."""
    hands = Hands(stage.platform["url"], terminal)
    assert hands.sign_in("0600")["status"] == 201
    return hands


def move(hands: Hands, call: dict[str, Any], what: str, **more: Any) -> dict[str, Any]:
    """Answer, join or leave, on the version that was seen."""
    path = f"/v1/assistance-requests/{call['id']}/{what}"
    answer = hands.post(path, {"by": "0600", **more}, If_Match=f'"v{call["version"]}"')
    assert answer.status_code == 200, answer.text
    moved: dict[str, Any] = answer.json()
    return moved


def test_who_comes_is_on_the_glass_until_the_helper_has_gone(stage: Stage) -> None:
    fair(stage)
    kiosk, desk = stage.open("kiosk"), at(stage, WINDOW)
    kiosk.page("home", PATIENT)
    kiosk.tap("help_call")
    kiosk.sees(said("chrome.helper.called.what"), PATIENT)
    (call,) = desk.call("GET", "/v1/assistance-requests?state=OPEN").json()["items"]
    assert call["screen"] == "home"
    call = move(desk, call, "answer", minutes=2)
    kiosk.sees(said("chrome.helper.coming.what", name=NAME), PATIENT)
    kiosk.sees(said("chrome.helper.coming.todo_in", n=2))
    kiosk.tap("next")
    kiosk.page("give_consent")
    kiosk.sees(said("chrome.helper.coming.what", name=NAME))
    beside = at(stage, KIOSK)
    call = move(beside, call, "join")
    kiosk.sees(said("chrome.helper.here.what", name=NAME), PATIENT)
    beside.call("GET", "/v1/assistance-requests/" + call["id"])
    kiosk.tap("way_face", "consent")
    kiosk.page("present_id_card")
    kiosk.sees(said("chrome.helper.here.what", name=NAME))
    acts = rows(stage, "SELECT staff_ref, op FROM helper_act WHERE assistance_id = ?", call["id"])
    assert ("0600", "joinVisit") in acts and {ref for ref, _ in acts} == {"0600"}
    move(beside, call, "leave")
    wait_for(lambda: NAME not in seen(kiosk), "the banner goes with the helper")
    kiosk.tap("without", "leave")
    gone(kiosk)
    desk.close()
    beside.close()
    stage.close(kiosk)
    assert stage.verify_audit("kiosk") == "verified"


def test_a_call_that_nobody_needs_is_withdrawn_by_a_touch_and_by_leaving(stage: Stage) -> None:
    """Each time the helpers' list is told, and whoever calls again is a new call."""
    fair(stage)
    kiosk = stage.open("kiosk")
    before = rows(stage, "SELECT count(*) FROM assistance")[0][0]

    def states() -> list[str]:
        return [state for (state,) in rows(stage, "SELECT state FROM assistance ORDER BY at, id")][before:]

    kiosk.page("home", PATIENT)
    kiosk.tap("help_call")
    kiosk.sees(said("chrome.helper.called.what"), PATIENT)
    kiosk.tap("help_call")  # impatient: that is still the one call
    kiosk.tap("banner_no_help")
    wait_for(lambda: states() == ["DONE"], "the list is told")
    wait_for(lambda: said("chrome.helper.called.what") not in seen(kiosk), "the banner goes")
    kiosk.tap("next", "help_call")
    kiosk.sees(said("chrome.helper.called.what"), PATIENT)
    assert states() == ["DONE", "OPEN"]
    kiosk.tap("leave")
    gone(kiosk)
    wait_for(lambda: states() == ["DONE", "DONE"], "nobody comes to whoever has left")
    stage.close(kiosk)
    assert stage.verify_audit("kiosk") == "verified"
