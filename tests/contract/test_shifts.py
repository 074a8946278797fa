"""The hand-over of a shift: counted and signed by one, taken over by another; differences are somebody's at once."""

from typing import Any

import pytest

from .hands import WINDOW, Hands, answer_to_challenge, refusal, second, ulid
from .running import Running
from .test_counts import boxes, close, held, laid_out

pytestmark = pytest.mark.processes
PLACE = "w-03"


@pytest.fixture(name="other")
def _other(platform: Running) -> Any:
    hands = Hands(platform.url, WINDOW)
    hands.sign_in("0403")
    yield hands
    hands.close()


def offer(hands: Hands, units: list[str], batches: Any = (), who: str = "0317", **more: Any) -> Any:
    signed = answer_to_challenge(hands, who)
    body = {
        "id": ulid(), "at": hands.now(), "units": units, "batches": list(batches),
        "challenge": signed["challenge"], "signature": signed["signature"], **more,
    }  # fmt: skip
    return hands.post(f"/v1/windows/{PLACE}/shifts", body)


def take(hands: Hands, shift: dict[str, Any], who: str = "0001", **more: Any) -> Any:
    headers = more or second(hands, who)
    return hands.post(f"/v1/windows/{PLACE}/shifts/{shift['id']}/take", {"incoming": who}, **headers)


def test_a_window_that_tallies_changes_hands(window: Hands, keeper: Hands) -> None:
    laid_out(keeper, 2, PLACE)
    said = offer(window, held(keeper, PLACE), boxes(keeper, PLACE), open=[{"kind": "task", "count": 2}])
    assert said.status_code == 201, said.text
    shift = said.json()
    assert (shift["state"], shift["outgoing"], shift["missing"], shift["surplus"]) == ("OFFERED", "0317", [], [])
    assert shift["open"] == [{"kind": "task", "count": 2, "refs": []}] and shift["expected"] >= 2
    taken = take(window, shift).json()
    assert (taken["state"], taken["incoming"], taken["discrepancy_id"]) == ("TAKEN", "0001", None)
    counted = keeper.call("GET", f"/v1/stock/counts/{taken['count_id']}").json()
    assert (counted["state"], counted["outcome"]) == ("CLOSED", "accepted")
    standing = window.call("GET", f"/v1/windows/{PLACE}/standing").json()
    assert (standing["last"]["outgoing"], standing["last"]["incoming"]) == ("0317", "0001")
    assert refusal(take(window, shift)) == (409, "too-late")


def test_what_differs_is_a_discrepancy_from_that_moment(window: Hands, keeper: Hands, supervisor: Hands) -> None:
    units = laid_out(keeper, 1, PLACE)
    there = [one for one in held(keeper, PLACE) if one != units[0]]
    shift = offer(window, [*there, "licence_paper-99999998"], boxes(keeper, PLACE)).json()
    assert (shift["missing"], shift["surplus"]) == (units, ["licence_paper-99999998"])
    before = supervisor.call("GET", "/v1/discrepancies?open=1").json()["items"]
    assert shift["id"] not in {one["subject_id"] for one in before}, "an offer opens nothing"
    taken = take(window, shift).json()
    page = supervisor.call("GET", f"/v1/discrepancies/{taken['discrepancy_id']}").json()
    assert (page["state"], page["kind"], page["owner"], page["subject_id"]) == (
        "OPEN", "shift-differs", "keeper", shift["id"],
    )  # fmt: skip
    assert page["goods"] == {"missing": units, "surplus": ["licence_paper-99999998"]}
    closed = close(supervisor, {"id": taken["count_id"]}).json()
    assert closed["discrepancy_id"] == taken["discrepancy_id"], "one difference has one page"


def test_a_count_that_was_wrong_closes_its_page(window: Hands, keeper: Hands, supervisor: Hands) -> None:
    laid_out(keeper, 1, PLACE)
    taken = take(window, offer(window, []).json()).json()
    assert taken["missing"]
    closed = close(supervisor, {"id": taken["count_id"]}, "annulled").json()
    page = supervisor.call("GET", f"/v1/discrepancies/{closed['discrepancy_id']}").json()
    assert (page["state"], page["resolution"], page["second"]) == ("SETTLED", "explained", "0402")


def test_only_two_different_people_at_their_own_window(window: Hands, other: Hands) -> None:
    wrong = offer(window, [], who="0001")  # a card that is not the one who is signed in
    assert refusal(wrong) == (401, "unauthenticated")
    shift = offer(window, []).json()
    assert refusal(take(window, shift, "0001", Second_Person="x" * 43)) == (403, "second-person-required")
    assert refusal(take(window, shift, "0001", **second(window, "0403"))) == (403, "second-person-required")
    assert refusal(take(window, shift, "0402", **second(window, "0402"))) == (403, "second-person-required")
    assert refusal(take(other, shift)) == (409, "too-late"), "only who signed it away gives it"
    assert window.call("GET", "/v1/windows/w-04/standing").status_code == 404
    assert window.post(f"/v1/windows/w-04/shifts/{shift['id']}/take", {"incoming": "0001"},
                       **second(window, "0001")).status_code == 404  # fmt: skip


def test_counted_anew_replaces_the_offer(window: Hands) -> None:
    first, anew = offer(window, []).json(), offer(window, []).json()
    assert refusal(take(window, first)) == (409, "too-late")
    assert take(window, anew).json()["state"] == "TAKEN"
