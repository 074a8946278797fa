"""另行受理 (R45): an ended case is taken up again in a new one, nothing typed again, linked both ways, once."""

import concurrent.futures

import pytest

from .hands import Hands, Story, advance, slip, ulid
from .running import Running
from .turns import KIOSK_2, OTHER_HALL, again, at, correction, next_story

pytestmark = pytest.mark.processes
MISSING = [{"code": "lease_missing", "text": "住所使用证明"}]


def returned(kiosk: Hands, window: Hands) -> Story:
    story = Story(kiosk).submitted()
    assert correction(window, story, MISSING).status_code == 201
    return story


def test_everything_is_carried_and_the_new_case_goes_its_way(kiosk: Hands, window: Hands) -> None:
    story = returned(kiosk, window)
    answer = again(kiosk, story)
    case = answer.json()
    assert (answer.status_code, case["state"], case["version"], answer.headers["ETag"]) == (201, "DRAFT", 1, '"v1"')
    assert case["previous_case_id"] == story.case_id
    assert case["form"]["fields"] == story.form["fields"]
    person = case["form"]["people"][0]
    assert person["verification_id"] == story.verification_id  # still valid: not verified again
    assert "signature_blob" not in person  # the signature stands under the application it was given for
    before = story.case(kiosk)
    assert (before["state"], before["next_case_id"], before["version"]) == ("RETURNED", case["case_id"], 4)
    new = next_story(story, answer)
    assert new.keep().status_code == 200
    assert new.submit().status_code == 200  # the name came along: no second reservation
    old_no, new_no = before["case_no"], new.case(kiosk)["case_no"]
    assert new_no
    assert new_no != old_no
    decided = new.accept(window).json()
    assert decided["state"] == "ACCEPTED"  # a new acceptance, a new clock
    advance(window, 300)
    assert new.case(window)["state"] == "READY"


def test_an_old_verification_is_not_carried(kiosk: Hands, window: Hands) -> None:
    story = returned(kiosk, window)
    advance(window, 9 * 3600)
    window.sign_in()
    person = again(window, story).json()["form"]["people"][0]
    assert person["name"] == "王测试"
    assert "verification_id" not in person


def test_once_only_and_the_same_pair_is_the_same_case(kiosk: Hands, window: Hands) -> None:
    story, new_id, new_slip = returned(kiosk, window), ulid(), slip()
    first = again(kiosk, story, new_id, new_slip)
    repeated = again(kiosk, story, new_id, new_slip)
    assert (first.status_code, repeated.status_code) == (201, 200)
    assert first.json() == repeated.json()
    other = again(kiosk, story).json()
    assert (other["code"], other["next_case_id"]) == ("not-ended", new_id)
    draft = {"slip_code": slip(), "form": story.form, "previous_case_id": story.case_id}
    by_draft = kiosk.call("PUT", f"/v1/cases/{ulid()}/draft", draft, If_None_Match="*")
    assert (by_draft.status_code, by_draft.json()["code"]) == (409, "not-ended")
    assert again(kiosk, story, story.case_id).json()["code"] == "id-taken"


def test_of_four_at_once_one_takes_it_up(kiosk: Hands, window: Hands, platform: Running) -> None:
    story = returned(kiosk, window)
    hands = [Hands(platform.url) for _ in range(4)]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda one: again(one, story), hands))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    winner = next(answer.json()["case_id"] for answer in answers if answer.status_code == 201)
    assert {answer.json()["next_case_id"] for answer in answers if answer.status_code == 409} == {winner}
    for one in hands:
        one.close()


def test_a_draft_may_name_its_predecessor(kiosk: Hands, window: Hands, platform: Running) -> None:
    story = returned(kiosk, window)
    case_id, body = ulid(), {"slip_code": slip(), "form": story.form, "previous_case_id": story.case_id}
    with at(platform, KIOSK_2) as stranger:
        foreign = stranger.call("PUT", f"/v1/cases/{ulid()}/draft", body, If_None_Match="*")
        assert (foreign.status_code, foreign.json()["code"]) == (404, "not-found")
    assert kiosk.call("PUT", f"/v1/cases/{case_id}/draft", body, If_None_Match="*").status_code == 201
    assert story.case(kiosk)["next_case_id"] == case_id
    later = {**body, "previous_case_id": ulid()}
    refused = kiosk.call("PUT", f"/v1/cases/{case_id}/draft", later, If_Match='"v1"')
    assert refused.json()["errors"][0]["pointer"] == "/previous_case_id"


def test_not_while_it_runs_and_not_for_others(kiosk: Hands, window: Hands, platform: Running) -> None:
    story = Story(kiosk).submitted()
    running = again(kiosk, story)
    assert (running.status_code, running.json()["code"], running.json()["state"]) == (409, "not-ended", "SUBMITTED")
    correction(window, story, MISSING)
    with at(platform, KIOSK_2) as stranger, at(platform, OTHER_HALL, "0317") as elsewhere:
        for hands in (stranger, elsewhere):
            answer = again(hands, story)
            assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    taken = again(kiosk, story, slip_code=story.slip)
    assert taken.json()["code"] == "slip-taken"
    assert story.case(kiosk)["next_case_id"] is None  # refused whole: the link is not half made
