"""Counting: a fact that changes nothing; closing it is what loses things, before two people."""

from typing import Any

import pytest
import requests

from .hands import OTHER_HALL, Hands, Story, advance, key, refusal, second, seen, ulid
from .running import Running
from .test_stock import act, brought, numbers, receive, send, unit

pytestmark = pytest.mark.processes


def laid_out(keeper: Hands, count: int, place: str = "w-04") -> list[str]:
    """Fresh things at a place where this file counts."""
    units = brought(keeper, count)
    transfer = send(keeper, place, units)
    path = f"/v1/stock/transfers/{transfer.json()['id']}/receive"
    assert keeper.post(path, {"units": units}, If_Match='"v1"').status_code == 200
    return units


def held(keeper: Hands, place: str) -> list[str]:
    found: list[str] = []
    for state in ("IN_STOCK", "RESERVED", "BOUND", "QUARANTINED", "RETURNED"):
        cursor = ""
        while True:
            path = f"/v1/stock/units?custodian={place}&state={state}&limit=200{cursor}"
            page = keeper.call("GET", path).json()
            found += [one["id"] for one in page["items"]]
            if page["next"] is None:
                break
            cursor = f"&cursor={page['next']}"
    return found


def boxes(keeper: Hands, place: str) -> list[dict[str, Any]]:
    items = keeper.call("GET", f"/v1/stock/batches?custodian={place}&limit=200").json()["items"]
    return [
        {"id": one["id"], "next_no": one["next_no"]} for one in items if one["state"] in ("IN_STOCK", "QUARANTINED")
    ]


def count(hands: Hands, place: str, units: list[str], batches: Any = None, **more: Any) -> dict[str, Any]:
    said = {
        "id": ulid(), "location": place, "at": hands.now(), "units": units,
        "batches": boxes(hands, place) if batches is None else batches, **more,
    }  # fmt: skip
    answer = hands.post("/v1/stock/counts", said)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def close(supervisor: Hands, counted: dict[str, Any], outcome: str = "accepted") -> requests.Response:
    path = f"/v1/stock/counts/{counted['id']}"
    headers = {**seen(supervisor, path), **second(supervisor, "0402")}
    return supervisor.post(f"{path}/close", {"outcome": outcome}, **headers)


def test_a_right_count_finds_nothing(keeper: Hands, supervisor: Hands) -> None:
    laid_out(keeper, 3)
    counted = count(keeper, "w-04", held(keeper, "w-04"))
    assert (counted["missing"], counted["surplus"], counted["batches"]) == ([], [], [])
    assert counted["expected"] >= 3
    closed = close(supervisor, counted).json()
    assert (closed["state"], closed["outcome"], closed["discrepancy_id"]) == ("CLOSED", "accepted", None)
    assert refusal(close(supervisor, counted)) == (409, "too-late")


def test_missing_is_lost_only_when_two_people_close_the_count(keeper: Hands, supervisor: Hands) -> None:
    units = laid_out(keeper, 2)
    there = [one for one in held(keeper, "w-04") if one != units[0]]
    counted = count(keeper, "w-04", [*there, "licence_paper-99999999"])
    assert (counted["missing"], counted["surplus"]) == ([units[0]], ["licence_paper-99999999"])
    assert unit(keeper, units[0])["state"] == "IN_STOCK"  # a count alone changes nothing
    path = f"/v1/stock/counts/{counted['id']}/close"
    assert keeper.post(path, {"outcome": "accepted"}, If_Match='"v1"', **second(keeper, "0001")).status_code == 403
    assert refusal(supervisor.post(path, {"outcome": "accepted"}, If_Match='"v1"')) == (403, "second-person-required")
    stale = supervisor.post(path, {"outcome": "accepted"}, If_Match='"v7"', **second(supervisor, "0402"))
    assert refusal(stale) == (412, "version-mismatch")
    closed = close(supervisor, counted).json()
    assert unit(keeper, units[0])["state"] == "LOST"
    supervisor_sees = supervisor.call("GET", f"/v1/discrepancies/{closed['discrepancy_id']}").json()
    assert (supervisor_sees["state"], supervisor_sees["owner"], supervisor_sees["subject"]) == (
        "OPEN", "keeper", "count",
    )  # fmt: skip
    assert supervisor_sees["goods"] == {"missing": [units[0]], "surplus": ["licence_paper-99999999"]}
    assert act(keeper, units[0], "found", custodian="store-01").json()["custodian"] == "store-01"
    assert unit(keeper, units[0])["state"] == "IN_STOCK"


def test_found_by_the_next_count_settles_by_itself(keeper: Hands, supervisor: Hands) -> None:
    units = laid_out(keeper, 2)
    there = [one for one in held(keeper, "w-04") if one != units[0]]
    first = close(supervisor, count(keeper, "w-04", there)).json()
    again = count(keeper, "w-04", [*there, units[0]])
    assert again["surplus"] == [units[0]]
    close(supervisor, again)
    assert unit(keeper, units[0])["state"] == "IN_STOCK"
    settled = supervisor.call("GET", f"/v1/discrepancies/{first['discrepancy_id']}").json()
    assert (settled["state"], settled["resolution"], settled["second"]) == ("SETTLED", "found", "0402")


def test_annulled_leaves_everything(keeper: Hands, supervisor: Hands) -> None:
    units = laid_out(keeper, 1)
    counted = count(keeper, "w-04", [])
    assert units[0] in counted["missing"]
    assert close(supervisor, counted, "annulled").json()["discrepancy_id"] is None
    assert unit(keeper, units[0])["state"] == "IN_STOCK"


def test_the_same_count_again_is_the_same_count(keeper: Hands) -> None:
    said = {"id": ulid(), "location": "w-04", "at": keeper.now(), "units": [], "batches": []}
    idem = key()
    first = keeper.post("/v1/stock/counts", said, idem)
    assert keeper.post("/v1/stock/counts", said, idem).headers["Idempotent-Replayed"] == "true"
    again = keeper.post("/v1/stock/counts", said)
    assert (again.status_code, again.json()) == (200, first.json())
    other = keeper.post("/v1/stock/counts", {**said, "units": ["seal-123456"]})
    assert refusal(other) == (409, "id-taken")
    assert keeper.post("/v1/stock/counts", {**said, "id": ulid(), "location": "store-02"}).status_code == 404
    assert keeper.post("/v1/stock/counts", {**said, "id": ulid(), "units": ["seal-1"]}).status_code == 422


def test_what_moved_since_the_count_is_no_difference(keeper: Hands) -> None:
    """The count was made without network and comes later; meanwhile things came and went."""
    units = laid_out(keeper, 2)
    before, moment = held(keeper, "w-04"), keeper.now()
    advance(keeper, 60)
    gone = send(keeper, "store-01", units[:1], origin="w-04")
    assert gone.status_code == 201
    laid_out(keeper, 1)
    counted = count(keeper, "w-04", before, at=moment)
    assert (counted["missing"], counted["surplus"]) == ([], [])


def test_a_box_that_does_not_tally_is_fenced(keeper: Hands, supervisor: Hands) -> None:
    batch = receive(keeper, numbers("5009000001", 1001, 1100)).json()["batch_id"]
    in_store = [one for one in boxes(keeper, "store-01") if one["id"] != batch]
    counted = count(keeper, "store-01", held(keeper, "store-01"), [*in_store, {"id": batch, "next_no": 1003}])
    assert counted["batches"] == [{"id": batch, "expected": 1001, "counted": 1003}]
    closed = close(supervisor, counted).json()

    def state() -> str:
        items = keeper.call("GET", "/v1/stock/batches?limit=200").json()["items"]
        return str(next(one["state"] for one in items if one["id"] == batch))

    assert state() == "QUARANTINED"
    assert refusal(send(keeper, "w-04", [], [{"batch_id": batch, "first_no": 1001, "count": 25}]))[0] == 409
    path = f"/v1/discrepancies/{closed['discrepancy_id']}"
    said = {"resolution": "in_order", "words": "复点一致"}
    headers = {**seen(supervisor, path), **second(supervisor, "0402")}
    assert supervisor.post(f"{path}/settle", said, **headers).json()["state"] == "SETTLED"
    assert state() == "IN_STOCK"


def test_a_lost_sheet_of_a_case_is_made_again(kiosk: Hands, window: Hands, keeper: Hands, supervisor: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    keeper.sign_in("0402")
    supervisor.sign_in("0001")
    lost = story.case(window)["articles"][0]["unit_id"]
    there = [one for one in held(keeper, "store-01") if one != lost]
    close(supervisor, count(keeper, "store-01", there))
    assert (unit(keeper, lost)["state"], story.case(window)["state"]) == ("LOST", "PREPARING")
    advance(window, 300)
    window.sign_in()
    keeper.sign_in("0402")
    case = story.case(window)
    assert case["state"] == "READY"
    assert case["articles"][0]["unit_id"] != lost
    assert act(keeper, lost, "found").json()["state"] == "QUARANTINED"  # it carries a name: nobody else's any more


def test_what_lies_at_a_window_for_a_handover_is_not_missing(kiosk: Hands, window: Hands, keeper: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    window.sign_in()
    keeper.sign_in("0402")
    handover = window.post("/v1/handovers", story.bundle(window)).json()
    out = {line["unit_id"] for line in handover["lines"] if "unit_id" in line}
    counted = count(keeper, "store-01", [one for one in held(keeper, "store-01") if one not in out])
    assert (counted["missing"], counted["surplus"]) == ([], [])
    abort = {"reason": "收件人离开", "aborted_at": window.now(), "physically_checked": True}
    window.post(f"/v1/handovers/{handover['id']}/abort", abort)


def test_a_place_that_was_not_counted_today_is_seen(keeper: Hands, supervisor: Hands, platform: Running) -> None:
    def place(name: str) -> dict[str, Any]:
        found: list[dict[str, Any]] = keeper.call("GET", "/v1/stock/counts").json()["places"]
        return next(one for one in found if one["location"] == name)

    laid_out(keeper, 1, "w-90")
    assert (place("w-90")["due"], place("w-90")["holds"] > 0) == (True, True)
    annulled = count(keeper, "w-90", [])
    close(supervisor, annulled, "annulled")
    assert place("w-90")["due"] is True  # it does not count as counted
    count(keeper, "w-90", held(keeper, "w-90"))
    assert place("w-90")["due"] is False
    advance(keeper, 86400)
    keeper.sign_in("0402")
    assert place("w-90")["due"] is True
    listed = keeper.call("GET", "/v1/stock/counts?location=w-90&limit=1").json()
    assert len(listed["items"]) == 1
    assert (
        keeper.call("GET", f"/v1/stock/counts?location=w-90&cursor={listed['next']}").json()["items"][0]["id"]
        == (annulled["id"])
    )
    far = Hands(platform.url, OTHER_HALL)
    far.sign_in("0403")
    assert far.call("GET", "/v1/stock/counts").json()["items"] == []
    assert far.call("GET", f"/v1/stock/counts/{annulled['id']}").status_code == 404
    far.close()
