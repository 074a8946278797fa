"""Going on with a draft elsewhere, and the citizen's session: own cases only, and no word on what does not exist."""

import pytest

from .hands import LI, WANG, Hands, Story, advance, key, slip
from .papers import messages
from .running import Running

pytestmark = pytest.mark.processes
ELSEWHERE = "kiosk-21 demo-kiosk-21"  # another hall


@pytest.fixture
def elsewhere(platform: Running) -> "Hands":
    return Hands(platform.url, ELSEWHERE)


def code_for(hands: Hands, story: Story) -> str:
    answer = hands.post("/v1/resume-codes", {"slip_code": story.slip})
    assert answer.status_code == 202, answer.text
    text = messages(hands, story.case_id, "resume_code")[-1]["text"]
    return "".join(ch for ch in text.partition("验证码")[2][:6] if ch.isdigit())


def resume(hands: Hands, slip_code: str, code: str, idem: str | None = None) -> tuple[int, dict[str, object]]:
    answer = hands.post("/v1/resumptions", {"slip_code": slip_code, "code": code}, idem)
    return answer.status_code, answer.json()


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_a_draft_goes_on_in_another_hall(kiosk: Hands, elsewhere: Hands) -> None:
    story = Story(kiosk)
    story.reserve_name()
    story.keep()
    path = f"/v1/cases/{story.case_id}"
    assert elsewhere.call("GET", path).status_code == 404
    code, idem = code_for(elsewhere, story), key()
    status, case = resume(elsewhere, story.slip, code, idem)
    assert (status, case["case_id"], case["masked"], case["site_id"]) == (200, story.case_id, False, "cq-demo-01")
    assert case["seen_until"]
    assert resume(elsewhere, story.slip, code, idem) == (200, case)  # a lost answer
    assert resume(elsewhere, story.slip, code)[0] == 404  # a code works once
    assert elsewhere.call("GET", path).json()["form"]["people"][0]["cert_no"] == WANG
    story.kiosk = elsewhere
    story.form["fields"]["licence_copies"] = 2
    assert story.keep().json()["version"] == 2
    other = Story(kiosk)
    other.keep()
    assert elsewhere.call("GET", f"/v1/cases/{other.case_id}").status_code == 404
    advance(kiosk, 30 * 60 + 1)
    assert elsewhere.call("GET", path).status_code == 404
    assert story.keep().status_code == 404
    advance(kiosk, 61)
    assert resume(elsewhere, story.slip, code_for(elsewhere, story))[0] == 200
    assert story.submit().json()["state"] == "SUBMITTED"  # in its own hall, which hears of it
    assert elsewhere.call("GET", f"{path}/timeline").json()["items"][-1]["state"] == "PENDING"
    assert kiosk.call("GET", path).json()["site_id"] == "cq-demo-01"
    elsewhere.close()


def test_no_word_on_whether_there_is_such_a_slip(kiosk: Hands, elsewhere: Hands) -> None:
    story = Story(kiosk)
    story.keep()
    unknown = slip()
    there, nowhere = (elsewhere.post("/v1/resume-codes", {"slip_code": one}) for one in (story.slip, unknown))
    assert (there.status_code, there.json()) == (nowhere.status_code, nowhere.json())
    code = messages(kiosk, story.case_id, "resume_code")[-1]["text"].partition("验证码")[2][:6]
    assert code not in there.text
    soon = [elsewhere.post("/v1/resume-codes", {"slip_code": one}).json()["code"] for one in (story.slip, unknown)]
    assert soon == ["rate-limited"] * 2
    for one in (story.slip, unknown):
        answers = [resume(elsewhere, one, wrong(code)) for _ in range(5)]
        assert [(status, problem["code"]) for status, problem in answers] == [(404, "not-found")] * 5
        assert resume(elsewhere, one, wrong(code))[1]["code"] == "rate-limited"
    assert resume(elsewhere, story.slip, code)[1]["code"] == "rate-limited"
    advance(kiosk, 15 * 60 + 1)
    assert resume(elsewhere, story.slip, code)[0] == 404  # that code is gone for good
    assert resume(elsewhere, story.slip, code_for(elsewhere, story))[0] == 200
    elsewhere.close()


def test_tries_do_not_begin_anew_with_a_new_code(kiosk: Hands) -> None:
    story = Story(kiosk)
    story.keep()
    code = code_for(kiosk, story)
    for _ in range(4):
        assert resume(kiosk, story.slip, wrong(code))[0] == 404
    advance(kiosk, 61)
    code = code_for(kiosk, story)
    assert resume(kiosk, story.slip, wrong(code))[0] == 404
    assert resume(kiosk, story.slip, code)[1]["code"] == "rate-limited"


def test_an_old_code_and_a_case_without_phone(kiosk: Hands) -> None:
    story = Story(kiosk)
    story.keep()
    code = code_for(kiosk, story)
    advance(kiosk, 601)
    assert resume(kiosk, story.slip, code)[0] == 404
    silent = Story(kiosk)
    del silent.form["people"][0]["phone"]
    silent.keep()
    assert kiosk.post("/v1/resume-codes", {"slip_code": silent.slip}).status_code == 202
    assert messages(kiosk, silent.case_id, "resume_code") == []


def session(kiosk: Hands, verification_id: str) -> tuple[int, dict[str, str]]:
    answer = kiosk.call("POST", "/v1/citizen-sessions", {"verification_id": verification_id})
    return answer.status_code, answer.json()


def test_a_session_opens_own_cases_only(kiosk: Hands, window: Hands) -> None:
    mine, theirs = Story(kiosk), Story(kiosk, LI)
    mine.keep()
    theirs.keep()
    advance(kiosk, 1)
    status, opened = session(kiosk, mine.verification_id)
    assert (status, opened["idle_s"]) == (201, 600)
    token = {"Citizen_Session": opened["token"]}
    assert kiosk.call("GET", f"/v1/cases/{mine.case_id}", **token).status_code == 200
    for method, path in (("GET", ""), ("GET", "/timeline"), ("GET", "/signatures"), ("GET", "/materials")):
        assert kiosk.call(method, f"/v1/cases/{theirs.case_id}{path}", **token).status_code == 404
        assert kiosk.call(method, f"/v1/cases/{theirs.case_id}{path}").status_code == 200  # without: as before
    body = {"slip_code": theirs.slip, "form": theirs.form}
    assert kiosk.call("PUT", f"/v1/cases/{theirs.case_id}/draft", body, If_Match='"v1"', **token).status_code == 404
    rating = {"case_id": theirs.case_id, "phase": "accepted", "level": 5, "rated_at": kiosk.now()}
    assert kiosk.post("/v1/evaluations", rating, **token).status_code == 404
    found = kiosk.call("POST", "/v1/cases/search", {"slip_code": theirs.slip}, **token).json()["items"]
    assert found == []
    fresh = Story(kiosk)
    fresh.form["people"] = []
    body = {"slip_code": fresh.slip, "form": fresh.form}
    path = f"/v1/cases/{fresh.case_id}/draft"
    assert kiosk.call("PUT", path, body, If_None_Match="*", **token).status_code == 201
    fresh.form["fields"]["licence_copies"] = 3
    assert kiosk.call("PUT", path, body, If_Match='"v1"', **token).status_code == 200  # begun in this very session


def test_a_session_ends(kiosk: Hands, platform: Running) -> None:
    story = Story(kiosk)
    story.keep()
    path = f"/v1/cases/{story.case_id}"
    _, opened = session(kiosk, story.verification_id)
    token = {"Citizen_Session": opened["token"]}
    for _ in range(3):
        advance(kiosk, 400)
        assert kiosk.call("GET", path, **token).status_code == 200  # used, so not idle
    advance(kiosk, 601)
    assert kiosk.call("GET", path, **token).json()["code"] == "token-expired"
    _, opened = session(kiosk, story.verification_id)
    token = {"Citizen_Session": opened["token"]}
    stolen = Hands(platform.url, "kiosk-02 demo-kiosk-02")
    assert stolen.call("GET", path, **token).json()["code"] == "unauthenticated"
    assert stolen.call("DELETE", "/v1/citizen-sessions/current", **token).status_code == 401
    stolen.close()
    assert kiosk.call("DELETE", "/v1/citizen-sessions/current", **token).status_code == 204
    assert kiosk.call("GET", path, **token).json()["code"] == "unauthenticated"
    assert kiosk.call("DELETE", "/v1/citizen-sessions/current").status_code == 401


def test_who_gets_a_session(kiosk: Hands, window: Hands) -> None:
    failed = kiosk.verify("李不符", LI).json()["id"]
    for verification_id in (failed, window.verify().json()["id"], "0" * 26):
        assert session(kiosk, verification_id)[1]["code"] == "verification-required"
    passed = kiosk.verify().json()["id"]
    advance(kiosk, 8 * 3600 + 1)
    assert session(kiosk, passed)[1]["code"] == "verification-expired"


def test_what_was_shown_ends_with_the_visit(kiosk: Hands, elsewhere: Hands) -> None:
    story = Story(kiosk)
    story.keep()
    _, opened = session(elsewhere, elsewhere.verify("李测试", LI).json()["id"])
    token = {"Citizen_Session": opened["token"]}
    assert elsewhere.call("GET", f"/v1/cases/{story.case_id}", **token).status_code == 404
    assert resume(elsewhere, story.slip, code_for(elsewhere, story))[0] == 200
    assert elsewhere.call("GET", f"/v1/cases/{story.case_id}", **token).status_code == 200
    assert elsewhere.call("DELETE", "/v1/citizen-sessions/current", **token).status_code == 204
    assert elsewhere.call("GET", f"/v1/cases/{story.case_id}").status_code == 404
    assert resume(elsewhere, story.slip, code_after(elsewhere, story))[0] == 200
    session(elsewhere, elsewhere.verify("李测试", LI).json()["id"])
    session(elsewhere, elsewhere.verify("王测试", WANG).json()["id"])  # another person sits down
    assert elsewhere.call("GET", f"/v1/cases/{story.case_id}").status_code == 404
    elsewhere.close()


def code_after(hands: Hands, story: Story) -> str:
    advance(hands, 61)
    return code_for(hands, story)


def test_a_form_with_answers_that_the_asker_does_not_know_is_not_saved_over(kiosk: Hands) -> None:
    """A terminal of an older edition would drop them; the form stays as it is, and the newer terminal goes on."""
    story = Story(kiosk)
    story.form["edition"] = 2
    assert story.keep().status_code == 201
    older = Story(kiosk)
    older.case_id, older.slip, older.version = story.case_id, story.slip, story.version
    older.form = {**story.form, "edition": 1, "fields": {**story.form["fields"], "licence_copies": 2}}
    refused = older.keep()
    assert (refused.status_code, refused.json()["code"]) == (409, "draft-newer")
    older.form.pop("edition")  # the first edition did not say which it was
    assert older.keep().json()["code"] == "draft-newer"
    story.form["fields"]["licence_copies"] = 3
    assert story.keep().json()["version"] == 2
