"""The life of a terminal: seen, changed, ordered, configured, suspended, revoked; its figures and its audit chain."""

import base64
import hashlib
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import requests
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .hands import KIOSK, OTHER_WINDOW, Hands, Story, advance, handed_over, key, second_person, ulid
from .machines import act, applied, approve, outcome, terminal
from .papers import upload
from .running import Running

pytestmark = pytest.mark.processes
KIOSK_2 = "kiosk-02 demo-kiosk-02"
DESK = "store-desk-01 demo-store-desk-01"


@pytest.fixture
def technician(platform: Running) -> Iterator[Hands]:
    hands = Hands(platform.url, DESK)
    assert hands.sign_in("0500")["status"] == 201
    yield hands
    hands.close()


@pytest.fixture
def other(platform: Running) -> Iterator[Hands]:
    """The second kiosk, in order again afterwards whatever a test did to it."""
    hands = Hands(platform.url, KIOSK_2)
    yield hands
    hands.call("PUT", "/sandbox/terminals/kiosk-02", {})
    hands.close()


def code_of(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def beat(hands: Hands, **more: Any) -> dict[str, Any]:
    body = {"at": hands.now(), "seq": 1, "app_version": "0.1.0", "outbox": {"depth": 2, "parked": 1}, **more}
    answer = hands.call("PUT", "/v1/terminals/self/heartbeat", body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def keys_of(technician: Hands, platform: Running) -> dict[str, list[Any]]:
    """The platform's public keys by their use, as an enrolled terminal gets them."""
    stranger, approver = Hands(platform.url, ""), Hands(platform.url, OTHER_WINDOW)
    approver.sign_in("0501")
    asked = applied(technician, stranger)
    approve(approver, asked)
    found: dict[str, list[Any]] = {}
    for one in outcome(stranger, asked).json()["config_keys"]:
        found.setdefault(one["use"], []).append(one)
    stranger.close()
    approver.close()
    return found


def genuine(signed: dict[str, Any], keys: list[Any]) -> int:
    """How many different known keys have signed these very bytes."""
    known = {one["key_id"]: base64.b64decode(one["public_key"]) for one in keys}
    payload, good = base64.b64decode(signed["payload"]), set()
    for one in signed["signatures"]:
        assert one["alg"] == "Ed25519"
        Ed25519PublicKey.from_public_bytes(known[one["key_id"]]).verify(base64.b64decode(one["sig"]), payload)
        good.add(one["key_id"])
    return len(good)


def said(signed: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(base64.b64decode(signed["payload"]))
    return found


# -- inventory


def test_inventory_tells_what_the_heartbeat_told(technician: Hands, other: Hands) -> None:
    printer = {"id": "receipt-1", "kind": "receipt_printer", "state": "READY", "supply": "LOW"}
    beat(other, devices=[printer], config_version=1, disk_free_mb=512, clock_offset_ms=-40)
    seen = terminal(technician, "kiosk-02")
    assert (seen["offline"], seen["app_version"], seen["outbox_depth"], seen["outbox_parked"]) == (
        False,
        "0.1.0",
        2,
        1,
    )
    assert seen["devices"] == [printer]
    assert (seen["disk_free_mb"], seen["clock_offset_ms"], seen["config_version"]) == (512, -40, 1)
    advance(other, 90)
    assert terminal(technician, "kiosk-02")["offline"] is False  # ninety seconds are not yet more than ninety
    advance(other, 0.001)
    assert terminal(technician, "kiosk-02")["offline"] is True
    beat(other)
    assert terminal(technician, "kiosk-02")["offline"] is False


def test_sets_are_terminals_that_can_print(technician: Hands, kiosk: Hands, other: Hands) -> None:
    advance(kiosk, 100)
    technician.sign_in("0500")
    page = technician.call("GET", "/v1/terminals").json()
    assert (page["sets_online"], page["sets_wanted"]) == (0, 5)
    printer = {"id": "p", "kind": "document_printer", "state": "BUSY"}
    beat(kiosk, devices=[printer])
    beat(other, devices=[{**printer, "state": "NEEDS_HAND"}])
    assert technician.call("GET", "/v1/terminals?limit=1").json()["sets_online"] == 1
    beat(other, devices=[printer])
    assert technician.call("GET", "/v1/terminals?kind=WINDOW").json()["sets_online"] == 2
    act(technician, "kiosk-02", "suspend")
    assert technician.call("GET", "/v1/terminals").json()["sets_online"] == 1


def test_inventory_is_paged_filtered_and_the_halls_own(technician: Hands) -> None:
    seen: list[str] = []
    cursor = ""
    while True:
        page = technician.call("GET", "/v1/terminals?limit=2" + (f"&cursor={cursor}" if cursor else "")).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"] or ""
        if not cursor:
            break
    assert seen == sorted(set(seen))
    assert {"kiosk-01", "kiosk-02", "window-03", "window-04", "store-desk-01", "office-01"} <= set(seen)
    assert "kiosk-21" not in seen
    windows = technician.call("GET", "/v1/terminals?kind=WINDOW").json()["items"]
    assert {one["kind"] for one in windows} == {"WINDOW"}
    assert technician.call("GET", "/v1/terminals?state=SLEEPING").status_code == 422


def test_who_may_look_and_who_may_act(technician: Hands, window: Hands, platform: Running) -> None:
    assert code_of(window.call("GET", "/v1/terminals")) == (403, "forbidden")
    supervisor = Hands(platform.url, OTHER_WINDOW)
    supervisor.sign_in("0001")
    assert supervisor.call("GET", "/v1/terminals/kiosk-02").status_code == 200
    assert code_of(act(supervisor, "kiosk-02", "suspend")) == (403, "forbidden")
    supervisor.close()
    for path in ("kiosk-21", "kiosk-99"):
        assert code_of(technician.call("GET", f"/v1/terminals/{path}")) == (404, "not-found")
    for what in ("suspend", "revoke", "activate", "directives"):
        body = {"mode": "READ_ONLY", "reason": "练习"} if what == "directives" else {"reason": "练习"}
        foreign = technician.post(f"/v1/terminals/kiosk-21/{what}", body, If_Match='"v1"')
        assert code_of(foreign) == (404, "not-found")
    assert code_of(technician.call("PATCH", "/v1/terminals/kiosk-21", {}, If_Match='"v1"')) == (404, "not-found")
    bare = Hands(platform.url, KIOSK)
    assert code_of(bare.call("GET", "/v1/terminals")) == (401, "unauthenticated")
    bare.close()


# -- states


def test_suspended_terminal_says_that_it_is_there_and_no_more(technician: Hands, platform: Running) -> None:
    hands = Hands(platform.url, OTHER_WINDOW)
    hands.sign_in("0317")
    answer = act(technician, "window-04", "suspend")
    assert (answer.status_code, answer.json()["state"]) == (200, "SUSPENDED")
    assert code_of(hands.call("GET", "/v1/cases")) == (403, "terminal-suspended")
    assert code_of(hands.call("GET", "/v1/packs")) == (403, "terminal-suspended")
    beat(hands)
    assert hands.call("GET", "/v1/terminals/self/directives").status_code == 200
    chain = {"first_seq": 1, "last_seq": 1, "prev_head": "0" * 64, "head": "4" * 64}
    assert hands.post("/v1/audit/segments", chain).status_code == 201
    assert code_of(act(technician, "window-04", "suspend")) == (409, "too-late")
    assert act(technician, "window-04", "activate").json()["state"] == "ACTIVE"
    assert code_of(hands.call("GET", "/v1/cases")) == (401, "unauthenticated")  # everybody was signed out
    hands.sign_in("0317")
    assert hands.call("GET", "/v1/cases").status_code == 200
    hands.close()


def test_acts_name_the_version_that_was_seen(technician: Hands, other: Hands) -> None:
    version = terminal(technician, "kiosk-02")["version"]
    stale = act(technician, "kiosk-02", "suspend", version=version + 1)
    assert (*code_of(stale), stale.headers["ETag"]) == (412, "version-mismatch", f'"v{version}"')
    missing = technician.post("/v1/terminals/kiosk-02/suspend", {"reason": "练习"})
    assert code_of(missing) == (428, "precondition-required")
    beat(other)  # a heartbeat is no change that anybody decides against
    assert terminal(technician, "kiosk-02")["version"] == version
    again = key()
    path, body = "/v1/terminals/kiosk-02/suspend", {"reason": "练习"}
    first = technician.post(path, body, again, If_Match=f'"v{version}"')
    repeat = technician.post(path, body, again, If_Match=f'"v{version}"')
    assert (first.status_code, first.content) == (200, repeat.content)
    assert repeat.headers["Idempotent-Replayed"] == "true"
    changed = technician.post(path, {"reason": "别的"}, again, If_Match=f'"v{version}"')
    assert code_of(changed) == (422, "idempotency-key-reused")


def test_revoked_is_for_good(technician: Hands, platform: Running) -> None:
    lost = Hands(platform.url, "office-01 demo-office-01")
    assert act(technician, "office-01", "revoke").json()["state"] == "REVOKED"
    assert code_of(lost.call("GET", "/v1/packs")) == (401, "certificate-revoked")
    heart = {"at": lost.now(), "seq": 1, "app_version": "0", "outbox": {"depth": 0, "parked": 0}}
    assert code_of(lost.call("PUT", "/v1/terminals/self/heartbeat", heart)) == (401, "certificate-revoked")
    for what in ("activate", "suspend", "revoke"):
        assert code_of(act(technician, "office-01", what)) == (409, "too-late")
    assert code_of(order(technician, "READ_ONLY", "office-01")) == (409, "too-late")
    lost.close()


def test_a_pending_machine_can_be_revoked(technician: Hands, platform: Running) -> None:
    stranger = Hands(platform.url, "")
    asked = applied(technician, stranger)
    waiting = technician.call("GET", "/v1/enrolments?state=PENDING").json()["items"]
    terminal_id = next(one["terminal_id"] for one in waiting if one["id"] == asked["enrolment_id"])
    assert code_of(act(technician, terminal_id, "suspend")) == (409, "too-late")
    order = {"mode": "READ_ONLY", "reason": "练习"}
    assert code_of(act(technician, terminal_id, "directives", order)) == (409, "too-late")
    assert act(technician, terminal_id, "revoke").json()["state"] == "REVOKED"
    assert outcome(stranger, asked).json()["state"] == "REJECTED"
    stranger.close()


def test_maintenance_serves_nobody_but_technicians(technician: Hands, other: Hands) -> None:
    def change(**body: Any) -> requests.Response:
        version = terminal(technician, "kiosk-02")["version"]
        return technician.call("PATCH", "/v1/terminals/kiosk-02", body, If_Match=f'"v{version}"')

    assert change(maintenance=True, note="换打印机").json()["state"] == "MAINTENANCE"
    assert code_of(other.verify()) == (403, "terminal-suspended")
    assert other.call("GET", "/v1/packs").status_code == 200
    assert other.sign_in("0501")["status"] == 201
    assert other.call("GET", "/v1/terminals").status_code == 200
    del other.session.headers["Authorization"]
    unchanged = change(maintenance=True)  # already so: nothing happens
    assert unchanged.status_code == 200
    back = change(maintenance=False).json()
    assert (back["state"], back["note"]) == ("ACTIVE", "换打印机")
    assert other.verify().status_code == 201


def test_one_terminal_a_window(technician: Hands, kiosk: Hands, window: Hands) -> None:
    def move(terminal_id: str, window_id: str) -> requests.Response:
        version = terminal(technician, terminal_id)["version"]
        body = {"window_id": window_id}
        return technician.call("PATCH", f"/v1/terminals/{terminal_id}", body, If_Match=f'"v{version}"')

    assert code_of(move("window-03", "w-04")) == (409, "id-taken")
    assert move("kiosk-02", "w-60").json()["errors"][0]["pointer"] == "/window_id"
    story = Story(kiosk).submitted().ready(window)
    window.sign_in()
    handover = window.post("/v1/handovers", story.bundle(window)).json()
    technician.sign_in("0500")
    assert code_of(move("window-03", "w-60")) == (409, "window-has-open-handover")
    fact = handed_over(handover, window.now())
    assert window.post(f"/v1/handovers/{handover['id']}/handed-over", fact).status_code == 200
    assert move("window-03", "w-60").json()["window_id"] == "w-60"
    assert move("window-04", "w-03").json()["window_id"] == "w-03"
    assert move("window-04", "w-04").status_code == 200
    assert move("window-03", "w-03").status_code == 200


# -- directives


def order(technician: Hands, mode: str, terminal_id: str = "kiosk-02", **more: Any) -> requests.Response:
    return act(technician, terminal_id, "directives", {"mode": mode, "reason": "设备故障", **more})


def grave(technician: Hands, mode: str, **headers: str) -> requests.Response:
    return act(technician, "kiosk-02", "grave-directives", {"mode": mode, "reason": "设备被盗"}, **headers)


def test_an_order_reaches_the_terminal_signed(technician: Hands, other: Hands, platform: Running) -> None:
    keys = keys_of(technician, platform)["directive"]
    before = beat(other)["directive_seq"]
    answer = order(technician, "READ_ONLY")
    assert (answer.status_code, answer.json()["state"], answer.json()["mode"]) == (201, "RESTRICTED", "READ_ONLY")
    heard = beat(other)
    assert (heard["mode"], heard["directive_seq"]) == ("READ_ONLY", before + 1)
    page = other.call("GET", f"/v1/terminals/self/directives?since={before}").json()
    assert page["head"] == before + 1
    (told,) = page["items"]
    assert genuine(told, keys) == 1
    content = said(told)
    assert {name: content[name] for name in ("terminal_id", "seq", "mode", "reason", "until")} == {
        "terminal_id": "kiosk-02", "seq": before + 1, "mode": "READ_ONLY", "reason": "设备故障", "until": None,
    }  # fmt: skip
    tampered = {**told, "payload": base64.b64encode(base64.b64decode(told["payload"]) + b" ").decode()}
    with pytest.raises(InvalidSignature):
        genuine(tampered, keys)
    assert order(technician, "NORMAL").json()["state"] == "ACTIVE"
    assert beat(other)["mode"] == "NORMAL"
    assert other.call("GET", f"/v1/terminals/self/directives?since={before + 2}").json()["items"] == []
    others = Hands(platform.url, KIOSK)
    theirs = others.call("GET", "/v1/terminals/self/directives").json()["items"]
    assert "kiosk-02" not in {said(one)["terminal_id"] for one in theirs}
    others.close()


def test_a_terminal_that_may_only_read_tells_facts_and_changes_nothing(technician: Hands, other: Hands) -> None:
    shut = (403, "directive-read-only")
    draft, links = f"/v1/cases/{ulid()}/draft", f"/v1/cases/{ulid()}/upload-links"
    assert code_of(other.call("PUT", draft, {}, If_None_Match="*")) == (422, "validation")
    assert order(technician, "READ_ONLY").status_code == 201
    assert code_of(other.call("PUT", draft, {}, If_None_Match="*")) == shut
    assert code_of(other.post(links, {})) == shut
    fact = other.post(f"/v1/handovers/{ulid()}/abort", {})
    assert code_of(fact) == (422, "validation")  # looked at, not shut out
    assert other.call("POST", "/v1/feedback/search", {}).status_code != 403
    assert figures(other, figure(other)).status_code == 200
    assert order(technician, "NORMAL").status_code == 201
    assert code_of(other.call("PUT", draft, {}, If_None_Match="*")) == (422, "validation")


def test_orders_are_told_in_the_feed(technician: Hands, other: Hands) -> None:
    cursor = technician.call("GET", "/v1/snapshots/cq-demo-01").json()["cursor"]
    seq = order(technician, "NO_HANDOVER").json()["seq"]
    items = technician.call("GET", f"/v1/feeds/cq-demo-01?since={cursor}").json()["items"]
    assert ("directive", "kiosk-02", seq) in {(one["kind"], one["id"], one["version"]) for one in items}
    assert ("terminal", "kiosk-02") in {(one["kind"], one["id"]) for one in items}


def test_no_hand_over_where_it_was_forbidden(technician: Hands, kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    window.sign_in()
    technician.sign_in("0500")
    assert order(technician, "NO_HANDOVER", "window-03").status_code == 201
    assert code_of(window.post("/v1/handovers", story.bundle(window))) == (403, "directive-no-handover")
    assert window.call("GET", "/v1/cases").status_code == 200
    assert order(technician, "NORMAL", "window-03").status_code == 201
    handover = window.post("/v1/handovers", story.bundle(window))
    assert handover.status_code == 201
    window.post(f"/v1/handovers/{handover.json()['id']}/handed-over", handed_over(handover.json(), window.now()))


def test_a_limited_order_lifts_itself(technician: Hands, other: Hands) -> None:
    now = datetime.fromisoformat(other.now())
    past = order(technician, "READ_ONLY", until=(now - timedelta(seconds=1)).isoformat())
    assert past.json()["errors"][0]["pointer"] == "/until"
    until = (now + timedelta(minutes=10)).isoformat()
    assert order(technician, "NORMAL", until=until).status_code == 422
    seq = order(technician, "READ_ONLY", until=until).json()["seq"]
    assert beat(other)["mode"] == "READ_ONLY"
    advance(other, 601)
    lifted = beat(other)
    assert (lifted["mode"], lifted["directive_seq"]) == ("NORMAL", seq + 1)
    assert beat(other)["directive_seq"] == seq + 1  # once
    assert terminal(technician, "kiosk-02")["state"] == "ACTIVE"
    (last,) = other.call("GET", f"/v1/terminals/self/directives?since={seq}").json()["items"]
    assert said(last)["mode"] == "NORMAL"


def test_locking_takes_two_persons_and_two_signatures(technician: Hands, other: Hands, platform: Running) -> None:
    keys = keys_of(technician, platform)["directive"]
    technician.sign_in("0500")
    assert order(technician, "LOCKED").status_code == 422  # not by the ordinary way
    assert code_of(grave(technician, "LOCKED")) == (403, "second-person-required")
    assert code_of(grave(technician, "LOCKED", Second_Person="A" * 43)) == (403, "second-person-required")
    clerk = second_person(technician, "0317")
    assert code_of(grave(technician, "LOCKED", Second_Person=clerk)) == (403, "second-person-required")
    answer = grave(technician, "LOCKED", Second_Person=second_person(technician, "0501"))
    assert (answer.status_code, answer.json()["state"]) == (201, "RESTRICTED")
    assert code_of(other.call("GET", "/v1/packs")) == (403, "terminal-suspended")
    assert code_of(other.call("POST", "/v1/staff-challenges", {"staff_ref": "0317"})) == (403, "terminal-suspended")
    assert beat(other)["mode"] == "LOCKED"
    since = answer.json()["seq"] - 1
    (told,) = other.call("GET", f"/v1/terminals/self/directives?since={since}").json()["items"]
    assert genuine(told, keys) == 2
    wipe = grave(technician, "WIPE", Second_Person=second_person(technician, "0001"))
    assert wipe.json()["mode"] == "WIPE"
    assert order(technician, "NORMAL").json()["state"] == "ACTIVE"
    assert other.call("GET", "/v1/packs").status_code == 200


def test_a_second_person_confirms_one_order(technician: Hands, other: Hands) -> None:
    technician.sign_in("0500")
    token = second_person(technician, "0501")
    assert grave(technician, "LOCKED", Second_Person=token).status_code == 201
    assert code_of(grave(technician, "WIPE", Second_Person=token)) == (403, "second-person-required")
    token = second_person(technician, "0501")
    path, body = "/v1/terminals/kiosk-02/grave-directives", {"mode": "WIPE", "reason": "设备被盗"}
    stale = technician.post(path, body, If_Match='"v999"', Second_Person=token)
    assert code_of(stale) == (412, "version-mismatch")
    # The refusal has used nothing up.
    assert grave(technician, "WIPE", Second_Person=token).status_code == 201


def test_a_restricted_terminal_comes_back_restricted(technician: Hands, other: Hands) -> None:
    order(technician, "READ_ONLY")
    act(technician, "kiosk-02", "suspend")
    assert act(technician, "kiosk-02", "activate").json()["state"] == "RESTRICTED"
    act(technician, "kiosk-02", "suspend")
    assert order(technician, "NORMAL").json()["state"] == "SUSPENDED"  # an order lets nobody back in
    assert act(technician, "kiosk-02", "activate").json()["state"] == "ACTIVE"


# -- configuration


PLAN = {
    "sla": {"invoice": {"minutes": 45, "clock": "wall"}},
    "offline": {"read_only_after_h": 2, "max_messages": 300, "max_blob_mb": 512},
    "app": {"min": "0.1.0", "target": "0.2.0"},
}


def publish(technician: Hands, version: int, plan: Any = None, site_id: str = "cq-demo-01") -> requests.Response:
    return technician.call("PUT", f"/v1/configs/{site_id}", plan or PLAN, If_Match=f'"v{version}"')


def test_configuration_is_signed_chained_and_grows(technician: Hands, kiosk: Hands, platform: Running) -> None:
    keys = keys_of(technician, platform)["config"]
    before = kiosk.call("GET", "/v1/terminals/self/config")
    old, etag = before.json(), before.headers["ETag"]
    assert genuine(old, keys) == 1
    assert kiosk.call("GET", "/v1/terminals/self/config", If_None_Match=etag).status_code == 304
    answer = publish(technician, old["version"])
    assert (answer.status_code, answer.json()["version"]) == (200, old["version"] + 1)
    assert code_of(publish(technician, old["version"])) == (412, "version-mismatch")
    assert beat(kiosk)["config_version"] == old["version"] + 1
    fresh = kiosk.call("GET", "/v1/terminals/self/config", If_None_Match=etag)
    assert fresh.status_code == 200
    new = fresh.json()
    assert genuine(new, keys) == 1
    content = said(new)
    assert content["version"] == new["version"]
    assert content["prev_sha256"] == hashlib.sha256(base64.b64decode(old["payload"])).hexdigest()
    assert content["audience"] == {"site_id": "cq-demo-01", "kind": None, "terminal": None}
    assert content["config"] == {"sla": PLAN["sla"], "offline": PLAN["offline"]}
    pack = kiosk.call("GET", "/v1/packs").json()["items"][0]
    assert content["packs"][pack["name"]] == pack["sha256"]
    days = datetime.fromisoformat(content["expires_at"]) - datetime.fromisoformat(content["issued_at"])
    assert days == timedelta(days=92)
    assert f'"{hashlib.sha256(base64.b64decode(new["payload"])).hexdigest()}"' == fresh.headers["ETag"]


def test_configuration_is_a_halls_own(technician: Hands, platform: Running, window: Hands) -> None:
    assert code_of(technician.call("GET", "/v1/configs/cq-demo-02")) == (404, "not-found")
    assert code_of(publish(technician, 1, site_id="cq-demo-02")) == (404, "not-found")
    assert code_of(window.call("GET", "/v1/configs/cq-demo-01")) == (403, "forbidden")
    assert code_of(publish(window, 1)) == (403, "forbidden")
    elsewhere = Hands(platform.url, "kiosk-21 demo-kiosk-21")
    assert said(elsewhere.call("GET", "/v1/terminals/self/config").json())["audience"]["site_id"] == "cq-demo-02"
    elsewhere.close()


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_days": 0}, {"valid_days": 367}, {"sla": {"invoice": {"minutes": 0}}}, {"surprise": 1},
        {"offline": {"read_only_after_h": 0, "max_messages": 1, "max_blob_mb": 1}},
        {"app": {"min": "1\n", "target": "1"}},
    ],
)  # fmt: skip
def test_configuration_has_limits(technician: Hands, wrong: dict[str, Any]) -> None:
    version = technician.call("GET", "/v1/configs/cq-demo-01").json()["version"]
    assert code_of(publish(technician, version, PLAN | wrong)) == (422, "validation")


# -- burden figures


def figures(hands: Hands, *events: dict[str, Any]) -> requests.Response:
    return hands.call("POST", "/v1/terminals/self/telemetry", {"events": list(events)})


def figure(hands: Hands, **more: Any) -> dict[str, Any]:
    return {"id": ulid(), "at": hands.now(), "name": "taps", "value": 12, "step": "people", **more}


def statuses(answer: requests.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [one["status"] for one in answer.json()["results"]]


def test_every_figure_is_counted_once(kiosk: Hands, other: Hands) -> None:
    first, second = figure(kiosk), figure(kiosk, name="prefilled_share", value=0.75, case_id=ulid())
    assert statuses(figures(kiosk, first, second, first)) == ["accepted", "accepted", "known"]
    third = figure(kiosk, name="seconds", value=33.5)
    assert statuses(figures(kiosk, second, third)) == ["known", "accepted"]
    assert statuses(figures(other, first)) == ["accepted"]  # another terminal's ids are its own
    rows = kiosk.call("GET", "/sandbox/inspector.json").json()["rows"]
    assert rows["telemetry"] >= 4


def test_a_figure_that_cannot_be_is_refused_alone(kiosk: Hands) -> None:
    now = datetime.fromisoformat(kiosk.now())
    odd = [
        figure(kiosk, name="prefilled_share", value=1.01), figure(kiosk, name="taps", value=1.5),
        figure(kiosk, at=(now + timedelta(minutes=6)).isoformat()),
        figure(kiosk, at=(now - timedelta(days=31)).isoformat()), figure(kiosk, name="seconds", value=86_401),
    ]  # fmt: skip
    assert statuses(figures(kiosk, *odd, figure(kiosk))) == ["refused"] * 5 + ["accepted"]


@pytest.mark.parametrize(
    "wrong", [{"name": "typed_text"}, {"value": -1}, {"value": "12"}, {"content": "王测试"}, {"step": "王测试"}]
)
def test_nothing_but_figures_comes_in(kiosk: Hands, wrong: dict[str, Any]) -> None:
    answer = figures(kiosk, figure(kiosk, **wrong))
    assert code_of(answer) == (422, "validation")
    assert "王" not in answer.text


def test_figures_come_in_batches_with_a_limit(kiosk: Hands) -> None:
    assert figures(kiosk).status_code == 422
    many = [figure(kiosk) for _ in range(2)] * 101
    assert figures(kiosk, *many).status_code == 422
    assert statuses(figures(kiosk, *many[:200])) == ["accepted"] * 2 + ["known"] * 198


# -- audit chain


def test_audit_chain_without_gap_overlap_or_second_past(platform: Running) -> None:
    hands = Hands(platform.url, "window-21 demo-window-21")

    def segment(first: int, last: int, prev: str, head: str) -> tuple[int, Any]:
        body = {"first_seq": first, "last_seq": last, "prev_head": prev * 64, "head": head * 64}
        answer = hands.post("/v1/audit/segments", body)
        return answer.status_code, answer.json().get("last_seq")

    assert segment(2, 3, "0", "1") == (409, 0)  # the beginning is missing
    assert segment(1, 5, "a", "1") == (409, 0)  # begins at something else
    assert segment(1, 5, "0", "1") == (201, 5)
    assert segment(1, 5, "0", "1") == (201, 5)  # said again
    assert segment(1, 5, "0", "2") == (409, 5)  # the same entries, another past
    assert segment(4, 8, "1", "2") == (409, 5)  # overlaps
    assert segment(7, 8, "1", "2") == (409, 5)  # a gap
    assert segment(6, 5, "1", "2") == (409, 5)  # ends before it begins
    assert segment(6, 8, "9", "2") == (409, 5)  # follows something else
    assert segment(6, 8, "1", "2") == (201, 8)
    others = Hands(platform.url, "kiosk-21 demo-kiosk-21")
    mine = {"first_seq": 9, "last_seq": 9, "prev_head": "2" * 64, "head": "3" * 64}
    refused = others.post("/v1/audit/segments", mine)
    assert code_of(refused) == (409, "audit-chain-broken")  # a chain is one terminal's
    assert refused.json()["last_seq"] == 0
    hands.close()
    others.close()


def test_a_segment_brings_its_entries(platform: Running) -> None:
    """The platform keeps what leads to the head, and nothing else under that name."""
    hands = Hands(platform.url, KIOSK)  # nobody else of this file writes its trail
    head, entries = "b" * 64, [{"seq": n, "body": f'{{"n":{n}}}', "digest": "ab"[n - 1] * 64} for n in (1, 2)]

    def told(lines: list[dict[str, Any]], blob: str = "") -> requests.Response:
        data = b"".join(json.dumps(one).encode() + b"\n" for one in lines)
        body = {"first_seq": 1, "last_seq": 2, "prev_head": "0" * 64, "head": head, "blob_sha256": blob}
        return hands.post("/v1/audit/segments", body | ({} if blob else {"blob_sha256": upload(hands, data)}))

    assert code_of(told([], "c" * 64)) == (409, "blob-missing")
    for wrong in (entries[:1], entries[::-1], [entries[0], {**entries[1], "digest": "c" * 64}], [{"seq": 1}]):
        assert code_of(told(wrong)) == (409, "audit-chain-broken")
    assert told(entries).status_code == 201
    hands.close()
