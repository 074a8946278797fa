"""A helper beside a citizen (R56): called, coming, there under the own name; never verifies, signs or submits; and in
the end gone, whether that was said or not."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from kiosk.sandbox import tables as t

from .hands import KIOSK, WINDOW, Hands, Story, advance, answer_to_challenge, ulid
from .running import Running

pytestmark = pytest.mark.processes


@pytest.fixture
def helper(platform: Running) -> Iterator[Hands]:
    """A helper signed in at the citizen's terminal."""
    hands = Hands(platform.url, KIOSK)
    assert hands.sign_in("0600")["status"] == 201
    yield hands
    for one in hands.call("GET", "/v1/assistance-requests?state=JOINED").json()["items"]:
        assert move(hands, one["id"], "leave", one["version"])[0] == 200
    hands.close()


@pytest.fixture
def desk(platform: Running) -> Iterator[Hands]:
    """The same helper at a desk of the hall."""
    hands = Hands(platform.url, WINDOW)
    hands.sign_in("0600")
    yield hands
    hands.close()


def ring(kiosk: Hands, **more: Any) -> str:
    call_id = ulid()
    assert kiosk.post("/v1/assistance-requests", {"id": call_id, "screen": "people", **more}).status_code == 201
    return call_id


def move(
    hands: Hands, call_id: str, what: str, version: int, by: str = "0600", **more: Any
) -> tuple[int, dict[str, Any]]:
    path = f"/v1/assistance-requests/{call_id}/{what}"
    answer = hands.post(path, {"by": by, **more}, If_Match=f'"v{version}"')
    return answer.status_code, answer.json()


def test_called_coming_there_gone(kiosk: Hands, helper: Hands, desk: Hands) -> None:
    call_id = ring(kiosk)
    path = f"/v1/assistance-requests/{call_id}"
    waiting = desk.call("GET", "/v1/assistance-requests?state=OPEN").json()["items"]
    assert call_id in {one["id"] for one in waiting}
    advance(kiosk, 30)
    assert kiosk.call("GET", path).json()["helper"] == ""
    assert move(desk, call_id, "answer", 1, minutes=0)[0] == 422
    status, coming = move(desk, call_id, "answer", 1, minutes=2)
    assert (status, coming["state"], coming["by"]) == (200, "ANSWERED", "0600")
    told = kiosk.call("GET", path).json()
    assert (told["state"], told["helper"], told["minutes"]) == ("ANSWERED", "褚帮办", 2)
    assert move(desk, call_id, "join", 2)[0] == 403  # only where the citizen is
    status, there = move(helper, call_id, "join", 2)
    assert (status, there["state"]) == (200, "JOINED")
    story = Story(kiosk)
    body = {"slip_code": story.slip, "form": story.form}
    assert helper.call("PUT", f"/v1/cases/{story.case_id}/draft", body, If_None_Match="*").status_code == 201
    lines = kiosk.call("GET", f"/v1/cases/{story.case_id}/timeline").json()["items"]
    assert [line["by"] for line in lines] == ["helper"]
    status, gone = move(helper, call_id, "leave", 3)
    assert (status, gone["state"]) == (200, "DONE")
    assert [(act["by"], act["what"]) for act in gone["acts"]] == [("0600", "joinVisit"), ("0600", "putDraft")]
    assert "acts" not in kiosk.call("GET", path).json() or kiosk.call("GET", path).json()["acts"] == []
    assert gone["asked_at"] < gone["answered_at"] <= gone["joined_at"] <= gone["done_at"]
    assert move(helper, call_id, "join", 4)[1]["code"] == "too-late"


def test_a_helper_never_stands_in_for_the_citizen(kiosk: Hands, helper: Hands) -> None:
    call_id = ring(kiosk)
    assert move(helper, call_id, "join", 1)[0] == 200
    story = Story(kiosk)
    story.reserve_name()
    story.keep()
    card = {"card": {"read_at": kiosk.now()}}
    assert helper.verify(**card).json()["code"] == "forbidden"
    face = {"method": "card_face", "face_jpeg": "/9j/4AA=", "consent": {"face": True, "at": kiosk.now()}}
    assert helper.verify(**face, **card).json()["code"] == "forbidden"
    submit = {"submitted_at": kiosk.now(), "verification_ids": [story.verification_id]}
    path = f"/v1/cases/{story.case_id}"
    assert helper.post(f"{path}/submit", submit, If_Match='"v1"').json()["code"] == "forbidden"
    assert helper.post(f"{path}/signing-links", {"id": ulid(), "ref": "p1"}).json()["code"] == "forbidden"
    check = {"verification_id": story.verification_id}
    assert helper.call("POST", "/v1/consents/search", check).json()["code"] == "forbidden"
    consent = kiosk.call("POST", "/v1/consents/search", check).json()["items"][0]["id"]
    assert helper.post(f"/v1/consents/{consent}/withdrawal", check).json()["code"] == "forbidden"
    assert helper.call("POST", "/v1/citizen-sessions", check).json()["code"] == "forbidden"
    assert story.submit().status_code == 200  # the citizen does it


def test_a_helper_with_two_hats_wears_one_at_the_citizens_terminal(platform: Running, kiosk: Hands) -> None:
    with platform.inside() as c:
        c.execute(sa.update(t.staff).where(t.staff.c.ref == "0403").values(roles="helper clerk"))
    story = Story(kiosk)
    story.reserve_name()
    story.keep()
    both = Hands(platform.url, KIOSK)
    both.sign_in("0403")
    submit = {"submitted_at": kiosk.now(), "verification_ids": [story.verification_id]}
    path = f"/v1/cases/{story.case_id}/submit"
    assert both.post(path, submit, If_Match='"v1"').json()["code"] == "forbidden"
    assert both.verify().json()["code"] == "forbidden"
    both.close()
    desk = Hands(platform.url, WINDOW)
    desk.sign_in("0403")
    assert desk.post(path, submit, If_Match='"v1"').json()["state"] == "RECEIVED"
    desk.close()


def test_whose_call_it_is(kiosk: Hands, helper: Hands, window: Hands, platform: Running) -> None:
    call_id = ring(kiosk)
    path = f"/v1/assistance-requests/{call_id}"
    for terminal in ("kiosk-02 demo-kiosk-02", "kiosk-21 demo-kiosk-21"):
        stranger = Hands(platform.url, terminal)
        assert stranger.call("GET", path).status_code == 404
        stranger.close()
    other = Hands(platform.url, "window-21 demo-window-21")
    other.sign_in("0600")
    assert other.call("GET", path).status_code == 404
    assert move(other, call_id, "answer", 1)[0] == 404
    assert other.call("GET", "/v1/assistance-requests").json()["items"] == []
    other.close()
    assert move(helper, call_id, "answer", 1, "0601")[0] == 403
    assert move(window, call_id, "answer", 1, "0317")[0] == 403  # a clerk is no helper
    assert move(window, call_id, "join", 1, "0317")[0] == 403  # and helps nobody from the window
    assert move(helper, call_id, "answer", 2)[0] == 412
    assert move(helper, call_id, "leave", 1)[1]["code"] == "too-late"
    assert kiosk.call("GET", "/v1/assistance-requests").status_code == 401


def withdraw(hands: Hands, call_id: str) -> tuple[int, dict[str, Any]]:
    answer = hands.post(f"/v1/assistance-requests/{call_id}/withdraw", None)
    return answer.status_code, answer.json()


def test_whoever_called_may_need_nobody_any_more(kiosk: Hands, helper: Hands, desk: Hands, platform: Running) -> None:
    unheard, answered, joined = ring(kiosk), ring(kiosk), ring(kiosk)
    assert move(desk, answered, "answer", 1, minutes=2)[0] == 200
    assert move(helper, joined, "join", 1)[0] == 200
    stranger = Hands(platform.url, "kiosk-02 demo-kiosk-02")
    assert withdraw(stranger, unheard)[0] == 404  # another terminal's
    stranger.close()
    assert withdraw(kiosk, joined)[1]["code"] == "too-late"  # somebody is there
    for call_id, by in ((unheard, ""), (answered, "0600")):
        status, gone = withdraw(kiosk, call_id)
        assert (status, gone["state"], gone["by"]) == (200, "DONE", by)
        assert "joined_at" not in gone or gone["joined_at"] is None
        assert withdraw(kiosk, call_id)[1]["code"] == "too-late"
    open_ = {one["id"] for one in desk.call("GET", "/v1/assistance-requests?state=OPEN").json()["items"]}
    assert not open_ & {unheard, answered}
    assert move(helper, answered, "join", 3)[1]["code"] == "too-late"  # nobody comes to nobody


def test_one_helper_at_one_terminal(kiosk: Hands, helper: Hands) -> None:
    first, second = ring(kiosk), ring(kiosk)
    _, there = move(helper, first, "join", 1)
    assert move(helper, second, "join", 1)[1]["code"] == "too-late"
    assert move(helper, first, "leave", there["version"])[0] == 200
    status, there = move(helper, second, "join", 1)
    assert status == 200
    opened = kiosk.call("POST", "/v1/citizen-sessions", {"verification_id": kiosk.verify().json()["id"]}).json()
    closed = kiosk.call("DELETE", "/v1/citizen-sessions/current", Citizen_Session=opened["token"])
    assert closed.status_code == 204
    assert kiosk.call("GET", f"/v1/assistance-requests/{second}").json()["state"] == "DONE"  # the visit is over


def test_two_identities_on_one_request(kiosk: Hands, helper: Hands) -> None:
    mine, theirs = Story(kiosk), Story(kiosk, "500103199011030011")
    mine.keep()
    theirs.keep()
    advance(kiosk, 1)
    opened = kiosk.call("POST", "/v1/citizen-sessions", {"verification_id": mine.verification_id}).json()
    both = {"Citizen_Session": opened["token"]}
    assert helper.call("GET", f"/v1/cases/{mine.case_id}", **both).status_code == 200
    assert helper.call("GET", f"/v1/cases/{theirs.case_id}", **both).status_code == 404


def test_a_helper_may_vouch_in_person(helper: Hands) -> None:
    vouched = helper.verify(method="in_person", by="0600")
    assert (vouched.status_code, vouched.json()["method"]) == (201, "in_person")


def test_nobody_vouches_for_the_own_person(platform: Running, helper: Hands) -> None:
    with platform.inside() as c:
        own = c.execute(sa.select(t.staff.c.name).where(t.staff.c.ref == "0600")).scalar_one()
    person = {"name": own, "cert_type": "111", "cert_no": "500103198504120022"}
    assert helper.verify(method="in_person", by="0600", person=person).json()["code"] == "forbidden"


def state(kiosk: Hands, call_id: str) -> str:
    return str(kiosk.call("GET", f"/v1/assistance-requests/{call_id}").json()["state"])


def ended(kiosk: Hands, call_id: str) -> bool:
    """Whether it has ended by itself, after the offices' next look."""
    until = time.monotonic() + 20
    while state(kiosk, call_id) != "DONE" and time.monotonic() < until:
        time.sleep(0.05)
    return state(kiosk, call_id) == "DONE"


def test_a_clerk_who_came_instead_ends_the_call_as_well(kiosk: Hands, desk: Hands, platform: Running) -> None:
    call_id = ring(kiosk)
    assert move(desk, call_id, "answer", 1)[0] == 200
    clerk = Hands(platform.url, KIOSK)
    assert clerk.sign_in("0317")["status"] == 201
    assert move(clerk, call_id, "join", 2)[0] == 403  # not under another's name
    status, there = move(clerk, call_id, "join", 2, "0317")
    assert (status, there["state"], there["by"]) == (200, "JOINED", "0317")
    assert clerk.verify(method="in_person", by="0317").status_code == 201
    status, gone = move(clerk, call_id, "leave", 3, "0317")
    assert (status, gone["state"]) == (200, "DONE")
    assert [(act["by"], act["what"]) for act in gone["acts"]] == [("0317", "joinVisit"), ("0317", "postVerification")]
    clerk.close()


def test_signing_out_is_leaving(kiosk: Hands, platform: Running) -> None:
    beside, call_id = Hands(platform.url, KIOSK), ring(kiosk)
    beside.sign_in("0600")
    assert move(beside, call_id, "join", 1)[0] == 200
    assert beside.call("DELETE", "/v1/staff-sessions/current").status_code == 204
    assert state(kiosk, call_id) == "DONE"
    beside.close()


def test_whoever_is_signed_in_no_more_is_there_no_more(kiosk: Hands, platform: Running) -> None:
    beside, call_id = Hands(platform.url, KIOSK), ring(kiosk)
    beside.sign_in("0600")
    assert move(beside, call_id, "join", 1)[0] == 200
    advance(kiosk, 14 * 60)
    assert state(kiosk, call_id) == "JOINED"
    advance(kiosk, 2 * 60)
    assert ended(kiosk, call_id)
    beside.close()


def test_a_call_that_nobody_came_to_lapses(kiosk: Hands, desk: Hands) -> None:
    unheard, answered = ring(kiosk), ring(kiosk)
    assert move(desk, answered, "answer", 1)[0] == 200
    advance(kiosk, 29 * 60)
    late = ring(kiosk)
    assert state(kiosk, unheard) == "OPEN" and state(kiosk, answered) == "ANSWERED"
    advance(kiosk, 2 * 60)
    assert ended(kiosk, unheard) and ended(kiosk, answered)
    assert state(kiosk, late) == "OPEN"
    story = kiosk.call("GET", f"/v1/assistance-requests/{unheard}").json()
    assert story.get("joined_at") is None and story.get("helper", "") == ""  # nobody is said to have come


@pytest.mark.parametrize("boot", ["aa", "bb", ""])
def test_a_terminal_that_was_started_anew_has_nobody_signed_in(kiosk: Hands, platform: Running, boot: str) -> None:
    """The token was lost with the run that had it; the same run goes on, and one that does not say is not judged."""
    beside, call_id = Hands(platform.url, KIOSK), ring(kiosk)
    signed = {**answer_to_challenge(beside, "0600"), "boot": "aa"}
    token = beside.call("POST", "/v1/staff-sessions", signed).json()["token"]
    beside.session.headers["Authorization"] = "Bearer " + token
    assert move(beside, call_id, "join", 1)[0] == 200
    beat = {"at": kiosk.now(), "seq": 1, "app_version": "1", "outbox": {"depth": 0, "parked": 0}}
    assert kiosk.call("PUT", "/v1/terminals/self/heartbeat", {**beat, "boot": boot}).status_code == 200
    over = boot == "bb"
    assert state(kiosk, call_id) == ("DONE" if over else "JOINED")
    gone = beside.call("DELETE", "/v1/staff-sessions/current")
    assert gone.status_code == (401 if over else 204)
    beside.close()


def test_a_case_says_who_vouched_for_its_people_and_until_when(kiosk: Hands, helper: Hands, window: Hands) -> None:
    story = Story(kiosk)
    story.verification_id = helper.verify(method="in_person", by="0600").json()["id"]
    story.form["people"][0]["verification_id"] = story.verification_id
    story.keep()
    path = f"/v1/cases/{story.case_id}"
    (proof,) = window.call("GET", path).json()["proofs"]
    assert (proof["ref"], proof["method"], proof["by"], proof["by_ref"]) == ("p1", "in_person", "褚帮办", "0600")
    assert proof["at"] < proof["expires_at"]
    stranger = Hands(kiosk.url, "kiosk-02 demo-kiosk-02")
    masked = stranger.call("GET", path).json()
    assert masked["masked"] and masked.get("proofs", []) == []
    stranger.close()
