"""Plain requests against the platform, with bodies written by hand: nothing of the terminal's client is used here."""

import base64
import hashlib
import itertools
import json
import os
import time
import uuid
from datetime import datetime, timedelta, timezone
from typing import Any

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.domain.ids import new_ulid

KIOSK, WINDOW, OTHER_WINDOW = "kiosk-01 demo-kiosk-01", "window-03 demo-window-03", "window-04 demo-window-04"
CHINA = timezone(timedelta(hours=8))
WANG, LI = "500103198504120021", "500103199011030011"
_numbers = itertools.count(1)


def ulid() -> str:
    return new_ulid(time.time_ns() // 1_000_000, os.urandom(10))


def key() -> str:
    return str(uuid.uuid4())


class Hands:
    """One terminal's requests."""

    def __init__(self, url: str, terminal: str = KIOSK) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Kiosk-Terminal"] = terminal

    def close(self) -> None:
        self.session.close()

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> requests.Response:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.session.request(method, self.url + path, json=body, headers=names, timeout=20)

    def post(self, path: str, body: Any, idem: str | None = None, **headers: str) -> requests.Response:
        return self.call("POST", path, body, Idempotency_Key=idem or key(), **headers)

    def now(self) -> str:
        moment = datetime.fromtimestamp(self.call("GET", "/v1/time").json()["now_ms"] / 1000, CHINA)
        return moment.isoformat(timespec="milliseconds")

    def sign_in(self, staff_ref: str = "0317") -> dict[str, Any]:
        answer = self.call("POST", "/v1/staff-sessions", answer_to_challenge(self, staff_ref))
        if answer.status_code == 201:
            self.session.headers["Authorization"] = "Bearer " + answer.json()["token"]
        return {"status": answer.status_code, **answer.json()}

    def verify(self, name: str = "王测试", number: str = WANG, **more: Any) -> requests.Response:
        body = {
            "id": ulid(),
            "person": {"name": name, "cert_type": "111", "cert_no": number},
            "method": "card_only",
            "card": {"read_at": self.now()},
            "consent": {"face": False, "at": self.now()},
            **more,
        }
        return self.post("/v1/verifications", body)


def answer_to_challenge(hands: Hands, staff_ref: str) -> dict[str, str]:
    """What a staff card makes of a fresh challenge."""
    challenge = hands.call("POST", "/v1/staff-challenges", {"staff_ref": staff_ref}).json()["challenge"]
    card = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"demo-staff-card:" + staff_ref.encode()).digest())
    signature = card.sign(b"QIBAN-STAFF-1" + base64.b64decode(challenge))
    return {"staff_ref": staff_ref, "challenge": challenge, "signature": base64.b64encode(signature).decode()}


def trade() -> str:
    """A 字号 that nobody had before in this run."""
    digits = "甲乙丙丁戊己庚辛壬癸"
    number = next(_numbers) * 97  # so that two of them never differ in one character alone
    return "测" + "".join(digits[int(d)] * 2 for d in f"{number:05d}")


def form(verification_id: str, name: str, number: str = WANG, person: str = "王测试") -> dict[str, Any]:
    """A complete form of a company of one person."""
    return {
        "items": ["SETUP", "SEAL", "INVOICE", "SOCIAL"],
        "purpose": {"with_partners": False, "trade_hint": "小面馆", "licence_first": False},
        "fields": {
            "name_district": "重庆", "name_trade": name, "name_industry": "餐饮", "name_org_form": "有限公司",
            "company_type": "1151", "domicile_division": "500103", "domicile_division_name": "渝中区",
            "domicile_address": "示例路1号", "domicile_get_way": "02", "registered_capital": "10.5",
        },
        "business_scope": [{"code": "SAMPLE-0003", "name": "小面快餐服务"}],
        "people": [
            {
                "ref": "p1", "name": person, "cert_type": "111", "cert_no": number, "birth": "1985-04-12",
                "phone": "13800000000", "roles": ["legal_rep", "shareholder", "director", "liaison"],
                "subscribed": "10.500000", "verification_id": verification_id, "signature_blob": "0" * 64,
            }
        ],
        "applicant": "p1",
        "pickup": {"site_id": "cq-demo-01"},
    }  # fmt: skip


def slip() -> str:
    number = next(_numbers)
    letters = "ABCDEFGHJKLMNPQRTUVWXY"
    return (
        f"{letters[number // 22000 % 22]}{number // 1000 % 8 + 2}{letters[os.urandom(1)[0] % 22]}-{number % 1000:03d}"
    )


class Story:
    """One company on its way: each method is one thing somebody does."""

    def __init__(self, kiosk: Hands, number: str = WANG, trade_name: str = "") -> None:
        self.kiosk = kiosk
        self.number = number
        self.case_id, self.slip, self.trade = ulid(), slip(), trade_name or trade()
        self.verification_id = kiosk.verify(number=number).json()["id"]
        self.form = form(self.verification_id, self.trade, number)
        self.version = 0

    def reserve_name(self) -> requests.Response:
        body = {
            "id": ulid(), "case_id": self.case_id, "name": f"重庆{self.trade}餐饮有限公司", "trade": self.trade,
            "industry": "餐饮", "division_code": "500103",
        }  # fmt: skip
        return self.kiosk.post("/v1/name-declarations", body)

    def keep(self) -> requests.Response:
        condition = {"If_Match": f'"v{self.version}"'} if self.version else {"If_None_Match": "*"}
        body = {"slip_code": self.slip, "form": self.form}
        answer = self.kiosk.call("PUT", f"/v1/cases/{self.case_id}/draft", body, **condition)
        if answer.ok:
            self.version = answer.json()["version"]
        return answer

    def submit(self, idem: str | None = None) -> requests.Response:
        body = {"submitted_at": self.kiosk.now(), "verification_ids": [self.verification_id]}
        path = f"/v1/cases/{self.case_id}/submit"
        answer = self.kiosk.post(path, body, idem, If_Match=f'"v{self.version}"')
        if answer.ok:
            self.version = answer.json()["version"]
        return answer

    def submitted(self) -> "Story":
        assert self.reserve_name().status_code == 201
        assert self.keep().status_code == 201
        answer = self.submit()
        assert answer.status_code == 200, answer.text
        return self

    def accept(self, window: Hands) -> requests.Response:
        body = {"decision": "accept", "decided_at": window.now(), "by": "0317"}
        path = f"/v1/cases/{self.case_id}/acceptances"
        return window.post(path, body, If_Match=f'"v{self.version}"')

    def ready(self, window: Hands) -> "Story":
        assert self.accept(window).status_code == 201
        advance(window, 300)
        assert self.case(window)["state"] == "READY"
        return self

    def case(self, hands: Hands) -> dict[str, Any]:
        found: dict[str, Any] = hands.call("GET", f"/v1/cases/{self.case_id}").json()
        return found

    def bundle(self, window: Hands, window_id: str = "w-03") -> dict[str, Any]:
        """What a window asks for to hand over everything."""
        case = self.case(window)
        return {
            "id": ulid(), "case_id": self.case_id, "case_version": case["version"], "window": window_id,
            "verification_id": self.verification_id, "recipient": {"role": "legal_rep"},
            "lines": [line_of(article) for article in case["articles"]],
        }  # fmt: skip


def line_of(article: dict[str, Any]) -> dict[str, Any]:
    if article["unit_id"]:
        return {"article_id": article["id"], "unit_id": article["unit_id"]}
    return {
        "article_id": article["id"], "batch_id": article["batch_id"], "first_no": article["first_no"],
        "count": article["count"],
    }  # fmt: skip


def handed_over(handover: dict[str, Any], at: str, receipt: str = "R-0001") -> dict[str, Any]:
    return {
        "permit_id": handover["permit"]["id"], "handed_at": at, "signature_blob": "ab" * 32, "receipt_no": receipt,
        "lines_confirmed": [line["article_id"] for line in handover["lines"]],
    }  # fmt: skip


def advance(hands: Hands, seconds: float) -> None:
    answer = hands.call("POST", "/sandbox/clock/advance", {"seconds": seconds})
    assert answer.status_code == 200, answer.text


def early_in_the_day(hands: Hands) -> None:
    """Whoever counts by the day wants no midnight in between: late in the evening, go on the next morning."""
    moment = datetime.fromisoformat(hands.now())
    if moment.hour >= 20:
        advance(hands, (moment.replace(hour=9, minute=0) + timedelta(days=1) - moment).total_seconds())


def decoded(payload: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(base64.b64decode(payload))
    return found


STORE_DESK, OTHER_HALL = "store-desk-01 demo-store-desk-01", "window-21 demo-window-21"


def second_person(hands: Hands, staff_ref: str) -> str:
    """What a second person's card gives for one act at this terminal."""
    answer = hands.call("POST", "/v1/second-persons", answer_to_challenge(hands, staff_ref))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["token"])


def second(hands: Hands, staff_ref: str) -> dict[str, str]:
    """The same as the header it goes into."""
    return {"Second_Person": second_person(hands, staff_ref)}


def seen(hands: Hands, path: str) -> dict[str, str]:
    """The header that says which version of a thing was seen."""
    return {"If_Match": hands.call("GET", path).headers["ETag"]}


def refusal(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]
