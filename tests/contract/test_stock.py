"""The custody store: what comes in, what is sent and counted on the other side, what is done with single things."""

import concurrent.futures
import itertools
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from kiosk.sandbox import states

from .hands import OTHER_HALL, STORE_DESK, WINDOW, Hands, Story, advance, decoded, key, refusal, second, seen, ulid
from .running import Running

pytestmark = pytest.mark.processes

CODE = "500100000001"
_serials = itertools.count(70000001)
_codes = itertools.count(5001000000)


@pytest.fixture
def far(platform: Running) -> Iterator[Hands]:
    """A keeper in the other hall."""
    hands = Hands(platform.url, OTHER_HALL)
    hands.sign_in("0403")
    yield hands
    hands.close()


def receipt(count: int = 2, kind: str = "licence_paper", **more: Any) -> dict[str, Any]:
    serials = [str(next(_serials)) for _ in range(count)]
    return {
        "id": ulid(),
        "kind": kind,
        "custodian": "store-01",
        "document_ref": "入库-0001",
        "serials": serials,
        **more,
    }


def numbers(code: str, first: int, last: int, custodian: str = "store-01", volume: int = 25) -> dict[str, Any]:
    batch = {"code": code, "kind": "007", "first_no": first, "last_no": last, "volume": volume}
    return {
        "id": ulid(), "kind": "invoice_volume", "custodian": custodian, "document_ref": "入库-0002", "batch": batch,
    }  # fmt: skip


def receive(keeper: Hands, body: dict[str, Any], **headers: str) -> requests.Response:
    return keeper.post("/v1/stock/receipts", body, **(headers or second(keeper, "0001")))


def brought(keeper: Hands, count: int = 2, **more: Any) -> list[str]:
    answer = receive(keeper, receipt(count, **more))
    assert answer.status_code == 201, answer.text
    found: list[str] = answer.json()["unit_ids"]
    return found


def act(hands: Hands, unit_id: str, verb: str, who: str = "", **more: Any) -> requests.Response:
    path = f"/v1/stock/units/{unit_id}"
    headers = {**seen(hands, path), **(second(hands, who) if who else {})}
    return hands.post(f"{path}/{verb}", {"reason_code": "damaged", **more}, **headers)


def unit(hands: Hands, unit_id: str) -> dict[str, Any]:
    found: dict[str, Any] = hands.call("GET", f"/v1/stock/units/{unit_id}").json()
    return found


def send(
    keeper: Hands, to: str, unit_ids: list[str], ranges: Any = (), origin: str = "store-01"
) -> requests.Response:
    body = {"id": ulid(), "from": origin, "to": to, "unit_ids": unit_ids, "ranges": list(ranges)}
    return keeper.post("/v1/stock/transfers", body)


def ledger(keeper: Hands, since: int) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    while True:
        page = keeper.call("GET", f"/v1/stock/ledger?since={since}&limit=200").json()
        lines += page["items"]
        since = page["next"]
        if not page["more"]:
            return lines


def head(keeper: Hands) -> int:
    lines = ledger(keeper, 500)
    return int(lines[-1]["seq"])


# -- in


def test_two_people_bring_things_in_and_the_ledger_names_both(keeper: Hands) -> None:
    before, body, idem = head(keeper), receipt(3), key()
    assert refusal(keeper.post("/v1/stock/receipts", body)) == (403, "second-person-required")
    confirmed = second(keeper, "0001")
    first = keeper.post("/v1/stock/receipts", body, idem, **confirmed)
    again = keeper.post("/v1/stock/receipts", body, idem, **confirmed)
    assert first.status_code == 201
    assert (first.content, again.headers["Idempotent-Replayed"]) == (again.content, "true")
    lines = ledger(keeper, before)
    assert [(one["kind"], one["move"], one["by"], one["second"], one["document_ref"]) for one in lines] == [
        ("RECEIVE", "store", "0402", "0001", "入库-0001")
    ] * 3
    assert [one["seq"] for one in lines] == [before + 1, before + 2, before + 3]
    assert unit(keeper, first.json()["unit_ids"][0])["state"] == "IN_STOCK"
    assert refusal(keeper.post("/v1/stock/receipts", body, **second(keeper, "0001"))) == (409, "id-taken")
    other = keeper.post("/v1/stock/receipts", receipt(), idem, **confirmed)
    assert refusal(other) == (422, "idempotency-key-reused")


def test_nobody_brings_things_in_alone_or_without_being_keeper(keeper: Hands, platform: Running) -> None:
    supervisor = Hands(platform.url, WINDOW)
    supervisor.sign_in("0001")  # clerk and supervisor, no keeper
    assert supervisor.post("/v1/stock/receipts", receipt(), **second(supervisor, "0402")).status_code == 403
    supervisor.close()
    clerk_beside = second(keeper, "0600")  # a helper is no second person for the store
    assert refusal(receive(keeper, receipt(), **clerk_beside)) == (403, "second-person-required")
    own = keeper.call(
        "POST", "/v1/second-persons", {"staff_ref": "0402", "challenge": "A" * 43 + "=", "signature": ""}
    )
    assert own.status_code in (401, 422)


def test_a_known_serial_refuses_the_whole_delivery(keeper: Hands, far: Hands) -> None:
    body = receipt(2)
    assert receive(keeper, body).status_code == 201
    half_new = receipt(1)
    half_new["serials"] += body["serials"][:1]
    answer = receive(keeper, half_new)
    assert (refusal(answer), answer.json()["serials"]) == ((409, "serial-exists"), body["serials"][:1])
    assert keeper.call("GET", f"/v1/stock/units/licence_paper-{half_new['serials'][0]}").status_code == 404
    elsewhere = {**half_new, "id": ulid(), "custodian": "store-02"}
    assert refusal(receive(far, elsewhere)) == (409, "serial-exists")
    # two clashing deliveries at once: one of them is in the store afterwards
    twice = receipt(20)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        hands = [Hands(keeper.url, STORE_DESK) for _ in range(4)]
        for one in hands:
            one.session.headers["Authorization"] = keeper.session.headers["Authorization"]
        work = [pool.submit(receive, one, {**twice, "id": ulid()}, **second(one, "0001")) for one in hands]
        statuses = sorted(one.result().status_code for one in work)
    for one in hands:
        one.close()
    assert statuses == [201, 409, 409, 409]


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"serials": []}, "/serials"),
        ({"kind": "invoice_volume"}, "/batch"),
        ({"serials": ["500"] * 2}, "/serials"),
        ({"serials": ["５００１２３"]}, "/serials/"),
        ({"serials": ["500123\n"]}, "/serials/"),
        ({"serials": [str(n) for n in range(100000, 100201)]}, "/serials"),
        ({"document_ref": ""}, "/document_ref"),
    ],
)
def test_a_delivery_is_well_formed(keeper: Hands, more: dict[str, Any], pointer: str) -> None:
    answer = receive(keeper, receipt(**more))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith(pointer)
    assert receive(keeper, receipt(custodian="store-02")).status_code == 404


def test_ranges_of_a_code_never_overlap(keeper: Hands, far: Hands) -> None:
    code = str(next(_codes))
    assert receive(keeper, numbers(code, 1001, 1100)).status_code == 201
    for first, last in ((1001, 1100), (901, 1025), (1076, 1175), (1026, 1050), (951, 1150)):
        assert refusal(receive(keeper, numbers(code, first, last))) == (409, "range-overlap"), (first, last)
    assert refusal(receive(far, numbers(code, 1051, 1100, "store-02"))) == (409, "range-overlap")
    assert receive(keeper, numbers(code, 1101, 1200)).status_code == 201
    assert receive(far, numbers(code, 976, 1000, "store-02")).status_code == 201
    assert receive(keeper, numbers(str(next(_codes)), 1001, 1100)).status_code == 201  # another code, another row
    assert receive(keeper, numbers(code, 3000, 2000)).status_code == 422
    assert receive(keeper, numbers(code, 3001, 3010)).status_code == 422  # no whole volumes


def test_eight_overlapping_deliveries_at_once_have_one_winner(keeper: Hands) -> None:
    code = str(next(_codes))
    bodies = [numbers(code, 5001 + 25 * n, 5100 + 25 * n) for n in range(4)]  # each crosses the next three
    hands = [Hands(keeper.url, STORE_DESK) for _ in bodies]
    for one in hands:
        one.session.headers["Authorization"] = keeper.session.headers["Authorization"]
    heads = [second(one, "0001") for one in hands]
    with concurrent.futures.ThreadPoolExecutor(len(hands)) as pool:
        work = [pool.submit(receive, one, body, **more) for one, body, more in zip(hands, bodies, heads, strict=True)]
        statuses = sorted(one.result().status_code for one in work)
    for one in hands:
        one.close()
    assert statuses == [201, 409, 409, 409]


# -- looking


def test_lists_are_paged_filtered_and_of_this_hall(keeper: Hands, far: Hands) -> None:
    mine = brought(keeper, 5, kind="tax_device")
    found: list[str] = []
    cursor = ""
    while True:
        page = keeper.call("GET", f"/v1/stock/units?kind=tax_device&state=IN_STOCK&limit=50{cursor}").json()
        assert {(one["kind"], one["state"]) for one in page["items"]} == {("tax_device", "IN_STOCK")}
        found += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert found == sorted(set(found))
    assert set(mine) <= set(found)
    assert far.call("GET", f"/v1/stock/units/{mine[0]}").status_code == 404
    assert not {one["id"] for one in far.call("GET", "/v1/stock/units").json()["items"]} & set(mine)
    assert far.call("GET", "/v1/stock/batches?custodian=store-01").json()["items"] == []
    one = keeper.call("GET", f"/v1/stock/units/{mine[0]}")
    assert keeper.call("GET", f"/v1/stock/units/{mine[0]}", If_None_Match=one.headers["ETag"]).status_code == 304
    assert keeper.call("GET", "/v1/stock/units?kind=house").status_code == 422
    assert keeper.call("GET", "/v1/stock/units?colour=red").json()["code"] == "unknown-parameter"


def test_low_stock_is_told_once_when_the_line_is_crossed(far: Hands) -> None:
    def level() -> dict[str, Any]:
        items = far.call("GET", "/v1/stock/levels").json()["items"]
        return next(one for one in items if one["kind"] == "tax_device")

    def told(since: str) -> tuple[str, list[dict[str, Any]]]:
        page = far.call("GET", f"/v1/feeds/cq-demo-02?since={since}&limit=200").json()
        return page["cursor"], [one for one in page["items"] if one["kind"] == "stock_level"]

    cursor = far.call("GET", "/v1/snapshots/cq-demo-02").json()["cursor"]
    assert (level()["free"], level()["low"]) == (0, True)
    units = brought(far, 11, kind="tax_device", custodian="store-02")
    cursor, changes = told(cursor)
    assert (level()["free"], level()["low"], changes) == (11, True, [])
    units += brought(far, 2, kind="tax_device", custodian="store-02")
    cursor, changes = told(cursor)
    assert (level()["free"], level()["low"], [one["id"] for one in changes]) == (13, False, ["tax_device"])
    act(far, units[0], "quarantine")
    cursor, changes = told(cursor)
    assert (level()["low"], changes) == (False, [])
    act(far, units[1], "quarantine")
    cursor, changes = told(cursor)
    assert (level()["free"], level()["low"], len(changes)) == (11, True, 1)


def test_the_shelf_names_no_person(kiosk: Hands, window: Hands, keeper: Hands, far: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    keeper.sign_in("0402")
    answer = keeper.call("GET", "/v1/stock/shelf?limit=200")
    mine = next(one for one in answer.json()["items"] if one["case_id"] == story.case_id)
    case = story.case(window)
    assert mine["slip_code"] == story.slip
    assert mine["place"] == case["articles"][0]["place"] != ""
    assert [one["code"] for one in mine["things"]] == [one["serial"] for one in case["articles"]]
    assert not {"王测试", story.number, "13800000000"} & set(answer.text.split('"'))
    far.sign_in("0403")
    assert far.call("GET", "/v1/stock/shelf").json()["items"] == []


# -- through


def test_sent_and_counted_at_a_window(keeper: Hands, window: Hands) -> None:
    units, before = brought(keeper, 3), head(keeper)
    sent = send(keeper, "w-03", units)
    assert sent.status_code == 201, sent.text
    transfer = sent.json()
    assert (transfer["from"], transfer["to"], transfer["state"]) == ("store-01", "w-03", "SENT")
    assert {unit(keeper, one)["state"] for one in units} == {"IN_TRANSIT"}
    assert refusal(send(keeper, "w-04", units[:1])) == (409, "not-in-stock")
    path = f"/v1/stock/transfers/{transfer['id']}"
    window.sign_in()
    assert transfer["id"] in {one["id"] for one in window.call("GET", "/v1/stock/transfers?open=1").json()["items"]}
    stale = window.post(f"{path}/receive", {"units": units}, If_Match='"v9"')
    assert refusal(stale) == (412, "version-mismatch")
    done = window.post(f"{path}/receive", {"units": units}, If_Match=sent.headers["ETag"]).json()
    assert (done["state"], done["missing"], done["surplus"], done["discrepancy_id"]) == ("RECEIVED", [], [], None)
    assert {(one["state"], one["custodian"]) for one in (unit(keeper, u) for u in units)} == {("IN_STOCK", "w-03")}
    assert refusal(window.post(f"{path}/receive", {"units": units}, **seen(window, path))) == (409, "too-late")
    lines = ledger(keeper, before)
    assert [(one["move"], one["place"]) for one in lines] == [("send", "store-01")] * 3 + [("store", "w-03")] * 3
    assert {(one["by"], one["second"]) for one in lines[3:]} == {("0317", "0402")}  # who counted, who had sent


def test_what_does_not_arrive_is_a_discrepancy_and_no_refusal(keeper: Hands, window: Hands) -> None:
    units = brought(keeper, 3)
    transfer = send(keeper, "w-03", units[:2]).json()
    path = f"/v1/stock/transfers/{transfer['id']}/receive"
    window.sign_in()
    counted = {"units": [units[0], units[2], "seal-999999"]}
    done = window.post(path, counted, If_Match='"v1"').json()
    assert (done["missing"], done["surplus"]) == ([units[1]], [units[2], "seal-999999"])
    assert done["discrepancy_id"]
    assert [unit(keeper, one)["state"] for one in units] == ["IN_STOCK", "IN_TRANSIT", "IN_STOCK"]
    assert unit(keeper, units[2])["custodian"] == "store-01"


def test_numbers_are_cut_for_a_transfer(keeper: Hands, window: Hands) -> None:
    code = str(next(_codes))
    batch = receive(keeper, numbers(code, 1001, 1200)).json()["batch_id"]

    def boxes() -> list[tuple[int, int, str, str]]:
        found = keeper.call("GET", "/v1/stock/batches?limit=200").json()["items"]
        mine = [one for one in found if one["code"] == code]
        return sorted((one["first_no"], one["last_no"], one["custodian"], one["state"]) for one in mine)

    assert refusal(send(keeper, "w-03", [], [{"batch_id": batch, "first_no": 1002, "count": 25}]))[1] == (
        "invoice-range-mismatch"
    )
    assert refusal(send(keeper, "w-03", [], [{"batch_id": batch, "first_no": 1001, "count": 30}]))[0] == 409
    beyond = send(keeper, "w-03", [], [{"batch_id": batch, "first_no": 1151, "count": 75}])
    assert refusal(beyond) == (409, "invoice-batch-exhausted")
    assert boxes() == [(1001, 1200, "store-01", "IN_STOCK")]
    transfer = send(keeper, "w-03", [], [{"batch_id": batch, "first_no": 1051, "count": 100}]).json()
    assert boxes() == [
        (1001, 1050, "store-01", "IN_STOCK"), (1051, 1150, "store-01", "IN_TRANSIT"),
        (1151, 1200, "store-01", "IN_STOCK"),
    ]  # fmt: skip
    piece = transfer["ranges"][0]["batch_id"]
    window.sign_in()
    path = f"/v1/stock/transfers/{transfer['id']}/receive"
    seen_there = {"ranges": [{"batch_id": piece, "first_no": 1076, "count": 50}]}
    done = window.post(path, seen_there, If_Match='"v1"').json()
    assert done["missing"] == [f"{piece}:1051+25", f"B-{code}-00001126:1126+25"]
    assert boxes() == [
        (1001, 1050, "store-01", "IN_STOCK"), (1051, 1075, "store-01", "IN_TRANSIT"),
        (1076, 1125, "w-03", "IN_STOCK"), (1126, 1150, "store-01", "IN_TRANSIT"),
        (1151, 1200, "store-01", "IN_STOCK"),
    ]  # fmt: skip
    assert refusal(receive(keeper, numbers(code, 1126, 1150))) == (409, "range-overlap")  # still known


def test_to_another_hall_only_what_that_hall_receives(keeper: Hands, far: Hands, window: Hands) -> None:
    units = brought(keeper, 2)
    assert refusal(send(keeper, "w-21", units)) == (404, "not-found")  # its windows are no place of ours
    assert send(keeper, "nowhere", units).status_code == 404
    assert send(keeper, "store-02", units, origin="store-02").status_code == 404
    transfer = send(keeper, "store-02", units).json()
    path = f"/v1/stock/transfers/{transfer['id']}"
    window.sign_in()
    assert window.post(f"{path}/receive", {"units": units}, If_Match='"v1"').status_code == 404
    assert far.call("GET", f"/v1/stock/units/{units[0]}").status_code == 404  # not before it is received
    far.sign_in("0403")
    assert far.call("GET", path).json()["unit_ids"] == units
    assert far.post(f"{path}/receive", {"units": units}, **seen(far, path)).json()["state"] == "RECEIVED"
    assert unit(far, units[0])["custodian"] == "store-02"
    assert keeper.call("GET", f"/v1/stock/units/{units[0]}").status_code == 404
    third = Hands(far.url, OTHER_HALL)
    elsewhere = send(keeper, "w-03", brought(keeper, 1)).json()
    assert far.call("GET", f"/v1/stock/transfers/{elsewhere['id']}").status_code == 404
    third.close()


# -- single things


def test_put_aside_cleared_and_written_off(keeper: Hands) -> None:
    (one,) = brought(keeper, 1)
    assert refusal(act(keeper, one, "clear")) == (409, "not-in-stock")
    aside = act(keeper, one, "quarantine")
    assert (aside.json()["state"], aside.headers["ETag"]) == ("QUARANTINED", '"v2"')
    assert refusal(send(keeper, "w-03", [one])) == (409, "not-in-stock")
    stale = keeper.post(f"/v1/stock/units/{one}/clear", {"reason_code": "ok"}, If_Match='"v1"')
    assert (refusal(stale), stale.headers["ETag"]) == ((412, "version-mismatch"), '"v2"')
    assert act(keeper, one, "clear").json()["state"] == "IN_STOCK"
    act(keeper, one, "quarantine")
    assert refusal(act(keeper, one, "void")) == (403, "second-person-required")
    assert refusal(act(keeper, one, "void", "0317")) == (403, "second-person-required")  # no supervisor
    assert act(keeper, one, "void", "0001").json()["state"] == "VOID"
    assert refusal(act(keeper, one, "found")) == (409, "not-in-stock")
    lines = [line for line in ledger(keeper, 500) if line["unit_id"] == one]
    assert [(line["kind"], line["move"]) for line in lines] == [
        ("RECEIVE", "store"), ("SPOIL", "quarantine"), ("RETURN", "clear"), ("SPOIL", "quarantine"),
        ("SPOIL", "void"),
    ]  # fmt: skip
    assert (lines[-1]["by"], lines[-1]["second"], lines[-1]["reason"]) == ("0402", "0001", "damaged")


def test_a_fact_about_one_thing_is_written_down_whatever_the_book_says(keeper: Hands, far: Hands) -> None:
    (one,) = brought(keeper, 1)
    act(keeper, one, "quarantine")
    act(keeper, one, "void", "0001")
    path = f"/v1/stock/units/{one}/quarantine"
    late = keeper.post(path, {"reason_code": "wet"}, If_Match='"v1"')  # an old version, an impossible state
    assert (late.status_code, late.json()["state"]) == (200, "VOID")
    assert late.json()["discrepancy_id"]
    assert far.post(path, {"reason_code": "wet"}, If_Match='"v1"').status_code == 404
    assert keeper.post(path, {"reason_code": "wet"}).json()["code"] == "precondition-required"
    picture = keeper.post(f"/v1/stock/units/{one}/void", {"reason_code": "wet", "photo_blob": "ab" * 32},
                          **seen(keeper, f"/v1/stock/units/{one}"), **second(keeper, "0001"))  # fmt: skip
    assert refusal(picture) == (409, "blob-missing")


def test_a_spoiled_sheet_is_made_again_by_the_department(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    window.sign_in()
    before = story.case(window)["articles"]
    sheet, device = before[0], before[-1]
    assert (sheet["kind"], device["kind"]) == ("licence_original", "tax_device")
    for thing in (sheet, device):
        assert act(window, thing["unit_id"], "quarantine").json()["state"] == "QUARANTINED"
    case = story.case(window)
    assert (case["state"], [one["state"] for one in case["articles"]].count("PLANNED")) == ("PREPARING", 2)
    assert refusal(window.post("/v1/handovers", story.bundle(window))) == (409, "case-not-ready")
    advance(window, 300)
    window.sign_in()
    case = story.case(window)
    assert (case["state"], {one["state"] for one in case["articles"]}) == ("READY", {"PREPARED"})
    after = case["articles"]
    assert after[0]["unit_id"] != sheet["unit_id"]
    assert after[-1]["unit_id"] != device["unit_id"]
    # neither the printed sheet nor the written device goes to anybody else
    for thing in (sheet, device):
        assert refusal(act(window, thing["unit_id"], "clear")) == (409, "stock-unit-unavailable")
        assert act(window, thing["unit_id"], "void", "0001").json()["state"] == "VOID"
    assert window.post("/v1/handovers", story.bundle(window)).status_code == 201


def test_nothing_is_taken_out_of_an_open_bundle(kiosk: Hands, other_window: Hands) -> None:
    story = Story(kiosk).submitted().ready(other_window)
    other_window.sign_in()
    handover = other_window.post("/v1/handovers", story.bundle(other_window, "w-04")).json()
    units = [line["unit_id"] for line in handover["lines"] if "unit_id" in line]
    for one in (units[0], units[-1]):
        assert refusal(act(other_window, one, "quarantine")) == (409, "stock-unit-unavailable")
    abort = {"reason": "收件人离开", "aborted_at": other_window.now(), "physically_checked": True}
    other_window.post(f"/v1/handovers/{handover['id']}/abort", abort)
    assert act(other_window, units[0], "quarantine").json()["state"] == "QUARANTINED"


def test_the_last_of_a_half_collected_bundle_waits(kiosk: Hands, other_window: Hands) -> None:
    """What is not in the open bundle stays as well: the fact of the hand-over must find its case as it was."""
    story = Story(kiosk).submitted().ready(other_window)
    other_window.sign_in()
    body = story.bundle(other_window, "w-04")
    left = body["lines"].pop(0)["unit_id"]
    handover = other_window.post("/v1/handovers", {**body, "partial_reason": "执照待取"}).json()
    assert refusal(act(other_window, left, "quarantine")) == (409, "handover-open")
    abort = {"reason": "收件人离开", "aborted_at": other_window.now(), "physically_checked": True}
    other_window.post(f"/v1/handovers/{handover['id']}/abort", abort)


def test_the_permit_names_clerk_terminal_and_run(kiosk: Hands, other_window: Hands) -> None:
    story = Story(kiosk).submitted().ready(other_window)
    other_window.sign_in()
    body = {**story.bundle(other_window, "w-04"), "boot": "boot-7f3a"}
    handover = other_window.post("/v1/handovers", body).json()
    says = decoded(handover["permit"]["payload"])
    assert (says["staff_ref"], says["terminal_id"], says["boot"]) == ("0317", "window-04", "boot-7f3a")
    abort = {"reason": "收件人离开", "aborted_at": other_window.now(), "physically_checked": True}
    other_window.post(f"/v1/handovers/{handover['id']}/abort", abort)


def test_replaying_the_ledger_gives_the_store(keeper: Hands) -> None:
    """What this file has done so far, told by the ledger alone, is what the lists say."""
    machine, state, place = states.UNIT, dict[str, str](), dict[str, str]()
    lines = ledger(keeper, 0)
    assert [one["seq"] for one in lines] == list(range(1, len(lines) + 1))
    for line in lines:
        if line["unit_id"] is None:
            continue
        place[line["unit_id"]] = line["place"]
        if line["move"]:
            after = machine.after(state.get(line["unit_id"], machine.initial), line["move"])
            assert after is not None, line
            state[line["unit_id"]] = after
    found: dict[str, tuple[str, str]] = {}
    cursor = ""
    while True:
        page = keeper.call("GET", f"/v1/stock/units?limit=200{cursor}").json()
        found |= {one["id"]: (one["state"], one["custodian"]) for one in page["items"]}
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    gone = set(state) - set(found)  # what another hall has received
    assert {state[one] for one in gone} <= {"IN_TRANSIT"}
    assert found == {one: (state[one], place[one]) for one in found}
