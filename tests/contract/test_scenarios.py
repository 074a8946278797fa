"""Every exercise begins as it says, through the platform's own ways, and can be played to its end."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from kiosk.sandbox.scenarios import known

from .hands import KIOSK, WANG, WINDOW, Hands, advance, key, line_of, ulid
from .running import Running
from .test_signatures import signing

pytestmark = pytest.mark.processes


@pytest.fixture
def begin(platform: Running) -> Iterator[Any]:
    opened = []

    def start(name: str) -> Hands:
        hands = Hands(platform.url, WINDOW)
        opened.append(hands)
        answer = hands.call("PUT", f"/sandbox/scenarios/{name}")
        assert answer.status_code == 200, answer.text
        assert answer.json()["current"] == name
        hands.sign_in()
        return hands

    yield start
    for one in opened:
        one.close()


def cases(hands: Hands) -> dict[str, dict[str, Any]]:
    lines = hands.call("GET", "/v1/cases").json()["items"]
    return {line["name_full"]: hands.call("GET", f"/v1/cases/{line['case_id']}").json() for line in lines}


def the(hands: Hands, trade: str) -> dict[str, Any]:
    return next(case for name, case in cases(hands).items() if trade in name)


def accept(hands: Hands, trade: str) -> None:
    case = the(hands, trade)
    body = {"decision": "accept", "decided_at": hands.now(), "by": "0317"}
    path = f"/v1/cases/{case['case_id']}/acceptances"
    assert hands.post(path, body, If_Match=f'"v{case["version"]}"').status_code == 201
    advance(hands, 120)


def test_the_exercises_and_the_plain_one(kiosk: Hands) -> None:
    said = kiosk.call("GET", "/sandbox/scenarios").json()
    titles = {one["title"] for one in said["items"]}
    assert titles == {
        "自由练习", "顺利办结", "补正", "不予登记", "税务慢", "设备不符", "股东缺席", "数电发票", "上午演练",
    }  # fmt: skip
    assert all(one["sees"] and one["tasks"] for one in said["items"])
    assert kiosk.call("PUT", "/sandbox/scenarios/flood").status_code == 404


@pytest.mark.parametrize("name", list(known()))
def test_begins_as_it_says(begin: Any, name: str) -> None:
    hands = begin(name)
    planned = known()[name].cases
    found = cases(hands)
    assert len(found) == len(planned)
    for one in planned:
        reached = found[f"重庆{one.trade}{one.industry}有限公司"]["state"]
        assert reached == one.until or (reached == "PREPARING" and one.until == "READY")


def test_smooth_is_collected_and_accepted(begin: Any) -> None:
    hands = begin("smooth")
    case = the(hands, "山茶")
    verification = hands.verify("王测试", "500103198504120022").json()["id"]
    bundle = {
        "id": ulid(), "case_id": case["case_id"], "case_version": case["version"], "window": "w-03",
        "verification_id": verification, "recipient": {"role": "legal_rep"},
        "lines": [line_of(article) for article in case["articles"]],
    }  # fmt: skip
    assert hands.post("/v1/handovers", bundle).status_code == 201
    accept(hands, "江岸")
    assert the(hands, "江岸")["state"] == "READY"


def test_correction_comes_back_with_everything_at_once(begin: Any) -> None:
    hands = begin("correction")
    assert the(hands, "竹影示例")["state"] == "RETURNED"
    accept(hands, "清风竹影")
    assert the(hands, "清风竹影")["state"] == "RETURNED"


def test_refusal(begin: Any) -> None:
    hands = begin("refusal")
    accept(hands, "远山示例")
    assert the(hands, "远山示例")["state"] == "REFUSED"


def test_slow_tax_breaks_its_hour_and_ends(begin: Any) -> None:
    hands = begin("slow-tax")
    advance(hands, 1300)
    hands.sign_in()
    (issue,) = hands.call("GET", "/v1/device-issues?open=1").json()["items"]
    assert issue["state"] == "ISSUING"
    advance(hands, 6100)
    hands.sign_in()
    assert the(hands, "慢行")["state"] == "READY"


def test_device_mismatch_is_found_by_reading_back(begin: Any) -> None:
    hands = begin("device-mismatch")
    case = the(hands, "明镜")
    states = []
    for unit_id in ("tax_device-661000000101", "tax_device-661000000102"):
        body = {"id": ulid(), "case_id": case["case_id"], "unit_id": unit_id}
        assert hands.post("/v1/device-issues", body).status_code == 201
        advance(hands, 60)
        said = next(one for one in hands.call("GET", "/sandbox/devices-to-issue").json() if one["number"] in unit_id)
        read = {"number": said["number"], "uscc": said["uscc"], "holder_name": said["holder"], "read_at": hands.now()}
        states.append(hands.post(f"/v1/device-issues/{body['id']}/read-back", read).json()["state"])
    assert states == ["MISMATCH", "READ_BACK"]
    assert the(hands, "明镜")["state"] == "READY"


def test_absent_shareholder_signs_on_a_phone_and_then_it_is_submitted_and_accepted(begin: Any) -> None:
    """Nobody has checked who the absent one is: neither can be done for somebody else, both comes with the phone."""
    hands = begin("absent-shareholder")
    case = the(hands, "同舟")
    wang, li = case["form"]["people"]
    assert wang["verification_id"] and wang["signature_blob"]
    assert not li.get("verification_id") and not li.get("signature_blob")
    assert case["form"]["name_verdict"]["reserve_no"], "nothing but the signature is missing"
    asked = hands.post(f"/v1/cases/{case['case_id']}/signing-links", {"id": ulid(), "ref": "p2"})
    assert asked.status_code == 201, asked.text
    answer = submitted(hands, case["case_id"])
    assert (answer.status_code, answer.json()["code"]) == (409, "signatures-missing")
    assert answer.json()["signers"] == ["p2"]
    token = asked.json()["path"].rpartition("/")[2]
    signed = requests.post(
        f"{hands.url}/v1/signing/{token}", json=signing(hands.now(), li["cert_no"], li["name"]), timeout=20,
        headers={"Idempotency-Key": key()},
    )  # fmt: skip
    assert signed.status_code == 201, signed.text
    assert submitted(hands, case["case_id"]).json()["state"] == "RECEIVED"  # by a clerk, who has it in hand
    accept(hands, "同舟")
    assert the(hands, "同舟")["accepted_at"]


def submitted(hands: Hands, case_id: str) -> requests.Response:
    """Submitted as it now is, with the check of whoever laid a card."""
    case = hands.call("GET", f"/v1/cases/{case_id}").json()
    checks = [one["verification_id"] for one in case["form"]["people"] if one.get("verification_id")]
    body = {"submitted_at": hands.now(), "verification_ids": checks}
    return hands.post(f"/v1/cases/{case_id}/submit", body, If_Match=f'"v{case["version"]}"')


def test_digital_has_nothing_of_the_tax_office(begin: Any) -> None:
    hands = begin("digital")
    assert {article["item"] for article in the(hands, "云票")["articles"]} == {"SETUP", "SEAL"}
    accept(hands, "数联")
    invoice = next(one for one in the(hands, "数联")["items"] if one["item"] == "INVOICE")
    assert (invoice["mode"], invoice["state"]) == ("DIGITAL", "DONE")


def test_another_exercise_leaves_nothing_of_the_last_and_the_feed_begins_anew(begin: Any) -> None:
    hands = begin("slow-tax")
    hands.call("PUT", "/sandbox/weather", {"error_rate": 1.0})
    epoch = hands.call("GET", "/sandbox/inspector.json").json()
    hands = begin("plain")
    assert cases(hands) == {}
    assert hands.call("GET", "/sandbox/weather").json()["error_rate"] == 0.0
    tax = hands.call("GET", "/sandbox/back-offices/tax").json()
    assert tax["delay"]["issued"] == [4, 8]
    assert epoch["rows"]["opening_case"] == 2
    assert hands.call("GET", "/sandbox/inspector.json").json()["rows"]["opening_case"] == 0
    assert WANG not in hands.call("GET", "/sandbox/scenarios").text


def test_asked_for_at_the_start_and_kept_over_a_restart(tmp_path: Path) -> None:
    with Running(tmp_path, scenario="digital") as running:
        kiosk = Hands(running.url, KIOSK)
        first = kiosk.call("GET", "/sandbox/inspector.json").json()["cases"]
        assert len(first) == 2
        kiosk.close()
        running.stop()
        running.start()
        kiosk = Hands(running.url, KIOSK)
        assert kiosk.call("GET", "/sandbox/scenarios").json()["current"] == "digital"
        assert kiosk.call("GET", "/sandbox/inspector.json").json()["cases"] == first
        kiosk.close()
        assert running.stop() == 0
        assert running.errors() == ""
