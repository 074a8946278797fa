"""Contradictions are listed, and settled by a supervisor before a second person; the goods follow the word."""

from typing import Any

import pytest
import requests

from .hands import OTHER_HALL, STORE_DESK, WANG, Hands, Story, advance, handed_over, refusal, second, seen
from .running import Running
from .test_stock import brought, numbers, receive, send, unit

pytestmark = pytest.mark.processes


def settle(hands: Hands, discrepancy_id: str, resolution: str, who: str = "0402") -> requests.Response:
    path = f"/v1/discrepancies/{discrepancy_id}"
    said = {"resolution": resolution, "words": "已现场核实"}
    return hands.post(f"{path}/settle", said, **{**seen(hands, path), **second(hands, who)})


def short(keeper: Hands, window: Hands, to: str = "w-03") -> tuple[str, list[str], str]:
    """A transfer of which one sheet and half of the numbers did not arrive."""
    units = brought(keeper, 2)
    code = f"50{int(units[0][-8:]):08d}"
    batch = receive(keeper, numbers(code, 1001, 1050)).json()["batch_id"]
    sent = send(keeper, to, units, [{"batch_id": batch, "first_no": 1001, "count": 50}]).json()
    seen_there = {"units": units[:1], "ranges": [{"batch_id": batch, "first_no": 1001, "count": 25}]}
    done = window.post(f"/v1/stock/transfers/{sent['id']}/receive", seen_there, If_Match='"v1"').json()
    assert done["missing"] == [units[1], f"B-{code}-00001026:1026+25"], done
    return str(done["discrepancy_id"]), units, f"B-{code}-00001026"


def box(keeper: Hands, batch: str) -> tuple[str, str]:
    items = keeper.call("GET", "/v1/stock/batches?limit=200").json()["items"]
    return next((one["state"], one["custodian"]) for one in items if one["id"] == batch)


def half_handed_over(kiosk: Hands, window: Hands) -> tuple[Story, dict[str, str], str]:
    """The fact forgets three things: nobody knows where they are."""
    story = Story(kiosk).submitted().ready(window)
    window.sign_in()
    things = {one["kind"]: one for one in story.case(window)["articles"]}
    handover = window.post("/v1/handovers", story.bundle(window)).json()
    fact = handed_over(handover, window.now())
    forgotten = {things[kind]["id"] for kind in ("licence_original", "invoice_volume", "tax_device")}
    fact["lines_confirmed"] = [one for one in fact["lines_confirmed"] if one not in forgotten]
    answer = window.post(f"/v1/handovers/{handover['id']}/handed-over", fact).json()
    units = {kind: str(things[kind]["unit_id"]) for kind in ("licence_original", "tax_device")}
    return story, units, str(answer["discrepancy_id"])


def test_listed_for_those_who_have_to_see_to_it(
    kiosk: Hands, window: Hands, keeper: Hands, supervisor: Hands, platform: Running
) -> None:
    _, _, one = half_handed_over(kiosk, window)
    advance(window, 1)  # the clock stands still otherwise, and newest first needs two moments
    two, _, _ = short(keeper, window)
    page = supervisor.call("GET", "/v1/discrepancies?open=1&limit=1").json()
    assert [(found["id"], found["owner"]) for found in page["items"]] == [(two, "keeper")]
    rest = supervisor.call("GET", f"/v1/discrepancies?open=1&cursor={page['next']}")
    assert one in {found["id"] for found in rest.json()["items"]}
    assert not {WANG, "王测试", "R-0001"} & set(rest.text.split('"'))
    assert window.call("GET", f"/v1/discrepancies/{one}").status_code == 200  # clerk and keeper in one
    settle(supervisor, two, "explained")
    still = supervisor.call("GET", "/v1/discrepancies?open=1").json()["items"]
    assert two not in {found["id"] for found in still}
    helper = Hands(platform.url, STORE_DESK)
    helper.sign_in("0600")
    assert helper.call("GET", "/v1/discrepancies").status_code == 403
    helper.close()
    far = Hands(platform.url, OTHER_HALL)
    far.sign_in("0001")
    assert not {one, two} & {found["id"] for found in far.call("GET", "/v1/discrepancies").json()["items"]}
    assert far.call("GET", f"/v1/discrepancies/{one}").status_code == 404
    said = {"resolution": "explained", "words": "不是我们的"}
    stranger = far.post(f"/v1/discrepancies/{one}/settle", said, If_Match='"v1"', **second(far, "0402"))
    assert stranger.status_code == 404
    far.close()


def test_two_people_and_the_version_that_was_seen(keeper: Hands, window: Hands, supervisor: Hands) -> None:
    window.sign_in()
    one, _, _ = short(keeper, window)
    path, said = f"/v1/discrepancies/{one}", {"resolution": "explained", "words": "记错了"}
    assert refusal(supervisor.post(f"{path}/settle", said, If_Match='"v1"')) == (403, "second-person-required")
    assert refusal(settle(supervisor, one, "explained", "0600")) == (403, "second-person-required")
    assert keeper.post(f"{path}/settle", said, If_Match='"v1"', **second(keeper, "0317")).status_code == 403
    stale = supervisor.post(f"{path}/settle", said, If_Match='"v2"', **second(supervisor, "0402"))
    assert refusal(stale) == (412, "version-mismatch")
    for wrong in ({"words": ""}, {"resolution": "found"}, {"words": "a\nb"}, {"amount": 3}):
        answer = supervisor.post(f"{path}/settle", {**said, **wrong}, If_Match='"v1"', **second(supervisor, "0402"))
        assert answer.status_code == 422, wrong
    done = settle(supervisor, one, "explained").json()
    assert (done["state"], done["settled_by"], done["second"], done["version"]) == ("SETTLED", "0001", "0402", 2)
    assert refusal(settle(supervisor, one, "explained")) == (409, "too-late")


def test_a_word_that_fits_nothing_is_refused(kiosk: Hands, window: Hands, keeper: Hands, supervisor: Hands) -> None:
    window.sign_in()
    one, _, _ = short(keeper, window)
    assert settle(supervisor, one, "spoiled").json()["errors"][0]["pointer"] == "/resolution"
    _, _, two = half_handed_over(kiosk, window)
    supervisor.sign_in("0001")
    assert settle(supervisor, two, "sender_keeps").status_code == 422


@pytest.mark.parametrize(
    ("word", "sheet", "numbers_"),
    [("sender_keeps", "IN_STOCK", ("IN_STOCK", "store-01")), ("lost", "LOST", ("VOID", "store-01"))],
)
def test_what_did_not_arrive(
    keeper: Hands, window: Hands, supervisor: Hands, word: str, sheet: str, numbers_: tuple[str, str]
) -> None:
    window.sign_in()
    one, units, batch = short(keeper, window)
    assert settle(supervisor, one, word).json()["resolution"] == word
    assert [unit(keeper, found)["state"] for found in units] == ["IN_STOCK", sheet]
    assert box(keeper, batch) == numbers_


def test_what_did_not_arrive_in_another_hall_is_still_the_senders(keeper: Hands, platform: Running) -> None:
    far = Hands(platform.url, OTHER_HALL)
    far.sign_in("0403")
    one, units, batch = short(keeper, far, "store-02")
    far.sign_in("0001")
    assert settle(far, one, "sender_keeps", "0403").json()["state"] == "SETTLED"
    far.close()
    assert unit(keeper, units[1])["custodian"] == "store-01"
    assert box(keeper, batch) == ("IN_STOCK", "store-01")


def test_put_aside_and_found_in_order(kiosk: Hands, window: Hands, supervisor: Hands) -> None:
    story, units, one = half_handed_over(kiosk, window)
    assert {unit(window, found)["state"] for found in units.values()} == {"QUARANTINED"}
    body: dict[str, Any] = story.bundle(window)
    left = {found["id"] for found in story.case(window)["articles"] if found["state"] == "PREPARED"}
    body["lines"] = [line for line in body["lines"] if line["article_id"] in left]
    assert refusal(window.post("/v1/handovers", body))[0] == 409  # nobody knows yet where they are
    supervisor.sign_in("0001")
    assert settle(supervisor, one, "in_order").json()["state"] == "SETTLED"
    assert unit(window, units["tax_device"])["state"] == "BOUND"
    handover = window.post("/v1/handovers", {**body, "case_version": story.case(window)["version"]}).json()
    window.post(f"/v1/handovers/{handover['id']}/handed-over", handed_over(handover, window.now()))
    assert story.case(window)["state"] == "CLOSED"


def test_put_aside_and_found_spoiled(kiosk: Hands, window: Hands, supervisor: Hands) -> None:
    story, units, one = half_handed_over(kiosk, window)
    supervisor.sign_in("0001")
    assert settle(supervisor, one, "spoiled").json()["state"] == "SETTLED"
    assert {unit(window, found)["state"] for found in units.values()} == {"VOID"}
    assert story.case(window)["state"] == "PREPARING"
    advance(window, 300)
    window.sign_in()
    case = story.case(window)
    assert case["state"] == "READY"
    new = {found["unit_id"] for found in case["articles"] if found["state"] == "PREPARED"} - {None}
    assert not new & set(units.values())
    assert len(new) == 2
