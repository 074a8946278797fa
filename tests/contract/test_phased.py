"""分时办理 (R51): a company that is there comes again for what it has not yet; found by number, card or e-licence."""

import concurrent.futures
from typing import Any

import pytest
import requests

from .hands import LI, WANG, WINDOW, Hands, Story, advance, handed_over, key, line_of, slip, trade, ulid
from .running import Running
from .turns import KIOSK_2, OTHER_HALL, OTHER_KIOSK, at, closed

pytestmark = pytest.mark.processes


def start(hands: Hands, uscc: str, items: list[str], case_id: str = "", slip_code: str = "") -> requests.Response:
    body = {"case_id": case_id or ulid(), "slip_code": slip_code or slip(), "items": items}
    return hands.post(f"/v1/enterprises/{uscc}/phased-cases", body)


def find(hands: Hands, **by: Any) -> list[dict[str, Any]]:
    answer = hands.call("POST", "/v1/enterprises/search", by)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def submit(hands: Hands, case: dict[str, Any], verification_id: str) -> requests.Response:
    """Verify the applicant if need be, sign, keep, submit."""
    case_id, form = case["case_id"], case["form"]
    applicant = next(one for one in form["people"] if one["ref"] == form["applicant"])
    applicant |= {"verification_id": verification_id, "signature_blob": "2" * 64}
    body = {"slip_code": case["slip_code"], "form": form, "kind": "phased"}
    kept = hands.call("PUT", f"/v1/cases/{case_id}/draft", body, If_Match=f'"v{case["version"]}"')
    assert kept.status_code == 200, kept.text
    asked = {"submitted_at": hands.now(), "verification_ids": [verification_id]}
    return hands.post(f"/v1/cases/{case_id}/submit", asked, If_Match=f'"v{kept.json()["version"]}"')


def accept(window: Hands, case_id: str) -> requests.Response:
    version = window.call("GET", f"/v1/cases/{case_id}").json()["version"]
    body = {"decision": "accept", "decided_at": window.now(), "by": "0317"}
    return window.post(f"/v1/cases/{case_id}/acceptances", body, If_Match=f'"v{version}"')


def opened(
    kiosk: Hands, window: Hands, trade_name: str = "", items: tuple[str, ...] = ("SETUP",), number: str = WANG
) -> tuple[Story, str]:
    story = closed(kiosk, window, list(items), trade_name, number)
    uscc: str = story.case(window)["uscc"]
    window.sign_in()
    return story, uscc


def test_the_whole_way_of_later_items(kiosk: Hands, window: Hands) -> None:
    story, uscc = opened(kiosk, window)
    company = find(window, uscc=uscc)[0]
    assert (company["name"], company["not_yet"]) == (
        f"重庆{story.trade}餐饮有限公司", ["SEAL", "INVOICE", "SOCIAL", "FUND", "BANK"],
    )  # fmt: skip
    assert company["done"] == [{"item": "SETUP", "case_id": story.case_id}]
    answer = start(window, uscc, ["SEAL", "INVOICE", "SOCIAL"])
    case = answer.json()
    assert (answer.status_code, case["kind"], case["state"], case["uscc"]) == (201, "phased", "DRAFT", uscc)
    assert (case["name_full"], case["issues"]) == (company["name"], [])  # nothing is asked again
    assert case["form"]["fields"] == story.form["fields"]
    moved = submit(window, case, story.verification_id)
    assert (moved.status_code, moved.json()["state"]) == (200, "RECEIVED")
    assert find(window, uscc=uscc)[0]["running_case_id"] == case["case_id"]
    decided = accept(window, case["case_id"]).json()
    assert decided["state"] == "PREPARING"  # nobody decides about the company again
    assert decided["due_at"]
    advance(window, 300)
    ready = window.call("GET", f"/v1/cases/{case['case_id']}").json()
    states = [line["state"] for line in ready["timeline"] if line["what"] == "CASE"]
    assert states == ["DRAFT", "RECEIVED", "ACCEPTED", "APPROVED", "PREPARING", "READY"]
    assert [one["kind"] for one in ready["articles"]] == ["seal"] * 4 + ["invoice_volume", "tax_device"]
    bundle = {
        "id": ulid(), "case_id": case["case_id"], "case_version": ready["version"], "window": "w-03",
        "verification_id": story.verification_id, "recipient": {"role": "legal_rep"},
        "lines": [line_of(article) for article in ready["articles"]],
    }  # fmt: skip
    handover = window.post("/v1/handovers", bundle).json()
    fact = window.post(f"/v1/handovers/{handover['id']}/handed-over", handed_over(handover, window.now())).json()
    assert fact["case"]["state"] == "CLOSED"
    company = find(window, uscc=uscc)[0]
    assert {one["item"] for one in company["done"]} == {"SETUP", "SEAL", "INVOICE", "SOCIAL"}
    assert (company["open"], company["not_yet"], company["running_case_id"]) == ([], ["FUND", "BANK"], None)
    taken = start(window, uscc, ["SEAL"]).json()
    assert (taken["code"], taken["item"], taken["case_id"]) == ("item-already-done", "SEAL", case["case_id"])


def test_without_things_to_hand_over_it_closes_by_itself(kiosk: Hands, window: Hands) -> None:
    story, uscc = opened(kiosk, window)
    case = start(window, uscc, ["SOCIAL"]).json()
    submit(window, case, story.verification_id)
    assert accept(window, case["case_id"]).json()["state"] == "APPROVED"
    advance(window, 60)
    assert window.call("GET", f"/v1/cases/{case['case_id']}").json()["state"] == "CLOSED"


def test_paper_invoices_need_a_seal_digital_ones_do_not(kiosk: Hands, window: Hands) -> None:
    story, uscc = opened(kiosk, window)
    case = start(window, uscc, ["INVOICE"]).json()
    assert case["issues"] == [{"pointer": "/items", "rule": "paper invoices need a seal"}]
    assert submit(window, case, story.verification_id).json()["code"] == "incomplete"
    window.sign_in()
    story, uscc = opened(kiosk, window, "数电" + trade())
    case = start(window, uscc, ["INVOICE"]).json()
    assert submit(window, case, story.verification_id).status_code == 200
    accept(window, case["case_id"])
    advance(window, 60)
    assert window.call("GET", f"/v1/cases/{case['case_id']}").json()["state"] == "CLOSED"
    window.sign_in()
    story, uscc = opened(kiosk, window, items=("SETUP", "SEAL"))
    assert start(window, uscc, ["INVOICE"]).json()["issues"] == []  # the seal is there already


def test_at_a_terminal_only_for_whom_it_may_see(kiosk: Hands, window: Hands, platform: Running) -> None:
    story = closed(kiosk, window, ["SETUP"])
    uscc = story.case(window)["uscc"]
    with at(platform, KIOSK_2) as stranger:
        assert find(stranger, uscc=uscc) == []
        assert find(stranger, uscc="91500103MA5U0000XX") == []
        assert start(stranger, uscc, ["SEAL"]).status_code == 404
        assert stranger.call("POST", "/v1/enterprises/search", {"cert_no": WANG}).status_code == 422
        assert find(stranger, cert_no="500103197001010019", card_read_at=stranger.now()) == []
        by_card = find(stranger, cert_no=WANG, card_read_at=stranger.now())
        assert uscc in {one["uscc"] for one in by_card}
        verification_id = stranger.verify().json()["id"]  # the person lays the card there
        assert find(stranger, uscc=uscc)[0]["uscc"] == uscc
        case = start(stranger, uscc, ["SEAL"]).json()
        assert submit(stranger, case, verification_id).json()["state"] == "SUBMITTED"
    for body in ({}, {"uscc": uscc, "cert_no": WANG}):
        assert window.call("POST", "/v1/enterprises/search", body).status_code == 422


def test_another_hall_serves_the_company_too(kiosk: Hands, window: Hands, platform: Running) -> None:
    story, uscc = opened(kiosk, window)
    with at(platform, OTHER_HALL, "0317") as elsewhere:
        company = find(elsewhere, uscc=uscc)[0]
        assert company["done"] == [{"item": "SETUP", "case_id": None}]  # that it is done, not where
        case = start(elsewhere, uscc, ["SOCIAL"]).json()
        assert (case["site_id"], case["form"]["pickup"]["site_id"]) == ("cq-demo-02", "cq-demo-02")
        assert submit(elsewhere, case, story.verification_id).status_code == 200
    refused = start(window, uscc, ["SOCIAL"]).json()
    assert (refused["code"], refused["case_id"]) == ("item-already-done", None)


def test_an_item_is_in_one_case_at_a_time(kiosk: Hands, window: Hands, platform: Running) -> None:
    story, uscc = opened(kiosk, window)
    drafts = [start(window, uscc, ["SOCIAL", "FUND"]).json() for _ in range(4)]  # a draft holds nothing yet
    hands = [Hands(platform.url, WINDOW) for _ in drafts]
    for one in hands:
        one.session.headers["Authorization"] = window.session.headers["Authorization"]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda pair: submit(pair[0], pair[1], story.verification_id), zip(hands, drafts, strict=True))
        )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    winner = next(answer.json()["case_id"] for answer in answers if answer.status_code == 200)
    assert {answer.json()["case_id"] for answer in answers if answer.status_code == 409} == {winner}
    version = window.call("GET", f"/v1/cases/{winner}").json()["version"]
    body = {"withdrawn_at": window.now()}
    assert window.post(f"/v1/cases/{winner}/withdraw", body, If_Match=f'"v{version}"').status_code == 200
    loser = next(one for one in drafts if one["case_id"] != winner)
    again = start(window, uscc, ["SOCIAL", "FUND"]).json()
    assert loser["case_id"] != again["case_id"]
    assert submit(window, again, story.verification_id).status_code == 200  # withdrawn: it may be asked for anew
    for one in hands:
        one.close()


def test_the_companys_data_stay_as_they_are(kiosk: Hands, window: Hands) -> None:
    _, uscc = opened(kiosk, window)
    case_id, slip_code = ulid(), slip()
    first, second = (start(window, uscc, ["SEAL"], case_id, slip_code) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    case = first.json()
    path, version = f"/v1/cases/{case_id}/draft", f'"v{case["version"]}"'

    def keep(**changed: Any) -> requests.Response:
        body = {"slip_code": slip_code, "form": {**case["form"], **changed}}
        return window.call("PUT", path, body, If_Match=version)

    richer = {**case["form"]["fields"], "registered_capital": "99"}
    assert keep(fields=richer).json()["errors"][0]["pointer"] == "/fields"
    taxed = {**case["form"]["fields"], "taxpayer_kind": "general"}
    assert keep(fields=taxed).json()["errors"][0]["pointer"] == "/fields"  # told with invoices, and only with them
    assert keep(people=[]).json()["errors"][0]["pointer"] == "/people"
    with_invoices = {"fields": taxed, "items": ["SEAL", "INVOICE"]}
    agent = {"ref": "p9", "name": "李测试", "cert_type": "111", "cert_no": LI, "roles": ["agent"]}
    joined = keep(**with_invoices, people=[*case["form"]["people"], agent], applicant="p9")
    assert (joined.status_code, joined.json()["issues"]) == (200, [])
    body = {"slip_code": slip(), "form": case["form"], "kind": "phased"}
    fresh = window.call("PUT", f"/v1/cases/{ulid()}/draft", body, If_None_Match="*")
    assert fresh.json()["errors"][0]["pointer"] == "/kind"
    assert start(window, uscc, ["SETUP"]).json()["code"] == "item-already-done"
    assert start(window, uscc, ["WINGS"]).status_code == 422
    assert start(window, uscc, []).status_code == 422
    assert start(window, "91500103MA5U0000XX", ["SEAL"]).status_code == 404


def scan(hands: Hands, code: str) -> requests.Response:
    return hands.call("POST", "/v1/e-licence-sessions", {"code": code})


def test_an_e_licence_opens_its_companys_cases(kiosk: Hands, window: Hands, platform: Running) -> None:
    story, uscc = opened(kiosk, window, number=LI)  # whose card never lies at the other terminal
    assert kiosk.call("POST", "/sandbox/e-licences", {"uscc": "91500103MA5U0000XX"}).status_code == 422
    code = kiosk.call("POST", "/sandbox/e-licences", {"uscc": uscc}).json()["code"]
    with at(platform, KIOSK_2) as here, at(platform, OTHER_KIOSK) as elsewhere:
        assert here.call("GET", f"/v1/cases/{story.case_id}").json()["masked"] is True
        answer = scan(here, code)
        session = answer.json()
        assert (answer.status_code, session["uscc"], session["holder"]) == (201, uscc, "王*试")
        assert (scan(elsewhere, code).status_code, scan(elsewhere, code).json()["code"]) == (409, "code-used")
        assert scan(here, code).json() == session  # its answer might have been lost
        advance(here, 21)
        assert scan(here, code).json()["code"] == "code-used"
        assert find(here, e_licence=session["session_id"])[0]["uscc"] == uscc
        assert find(elsewhere, e_licence=session["session_id"]) == []
        assert here.call("GET", f"/v1/cases/{story.case_id}").json()["masked"] is False
        case = start(here, uscc, ["SEAL"]).json()
        assert case["kind"] == "phased"
        advance(here, 580)
        assert find(here, e_licence=session["session_id"]) == []
        assert here.call("GET", f"/v1/cases/{story.case_id}").json()["masked"] is True


def test_codes_are_never_read_only_compared(kiosk: Hands, window: Hands) -> None:
    _, uscc = opened(kiosk, window)
    code = kiosk.call("POST", "/sandbox/e-licences", {"uscc": uscc}).json()["code"]
    for strange in (code + "x", code[:-1], code.replace("https://", "https://x.")):
        answer = scan(kiosk, strange)
        assert (answer.status_code, answer.json()["code"]) == (410, "code-expired")
    for broken in ("http" + code[5:], code + "\n", " " + code, "https://", "https://" + "x" * 600, "二维码"):
        assert scan(kiosk, broken).status_code == 422, broken
    advance(kiosk, 301)
    assert scan(kiosk, code).json()["code"] == "code-expired"


def test_a_lost_answer_is_answered_again(kiosk: Hands, window: Hands) -> None:
    _, uscc = opened(kiosk, window)
    idem, body = key(), {"case_id": ulid(), "slip_code": slip(), "items": ["FUND"]}
    path = f"/v1/enterprises/{uscc}/phased-cases"
    first, second = window.post(path, body, idem), window.post(path, body, idem)
    assert first.content == second.content
    other = window.post(path, {**body, "items": ["BANK"]}, idem)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
