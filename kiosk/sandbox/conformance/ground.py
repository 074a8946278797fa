"""What the checks stand on: a terminal for citizens, two windows, somebody on duty, and a company for each story."""

import itertools
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from kiosk.rules.resident_id import check_digit

from .asking import Answer, Staff, Terminal, ulid, want

_CHINA = timezone(timedelta(hours=8))
_DIGITS = "甲乙丙丁戊己庚辛壬癸"
_LETTERS = "ABCDEFGHJKLMNPQRTUVWXY"


class SkipError(Exception):
    """The check cannot be made here; the text says why."""


@dataclass(slots=True)
class Ground:
    """``control``: the platform is a reference platform whose departments can be hurried."""

    kiosk: Terminal
    window: Terminal
    other_window: Terminal | None
    staff: Staff | None
    control: bool = False
    permit_key: str = ""  # hex; what the permits are signed with, where it is known
    site_id: str = "cq-demo-01"
    window_id: str = "w-03"
    other_window_id: str = "w-04"
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(int.from_bytes(os.urandom(3))))

    def meta(self) -> Mapping[str, Any]:
        """What the platform says of itself."""
        found: Mapping[str, Any] = self.kiosk.ask("getMeta").json
        return found

    def needs(self, capability: str) -> None:
        """Go on only where the platform says that it can do this."""
        if capability not in self.meta()["capabilities"]:
            raise SkipError(f"the platform does not claim {capability}")

    def on_duty(self) -> Terminal:
        """The window with a clerk signed in."""
        if self.staff is None:
            raise SkipError("no staff card key was given")
        if not self.window.token:
            self.window.sign_in(self.staff)
        return self.window

    def second_window(self) -> Terminal:
        """Another window of the same hall with the same clerk."""
        if self.other_window is None or self.staff is None:
            raise SkipError("no second window was given")
        if not self.other_window.token:
            self.other_window.sign_in(self.staff)
        return self.other_window

    def forget_tokens(self) -> None:
        """Sign in anew before the next act."""
        self.window.token = ""
        if self.other_window is not None:
            self.other_window.token = ""

    def close(self) -> None:
        """Let every line go."""
        for terminal in (self.kiosk, self.window, self.other_window):
            if terminal is not None:
                terminal.close()

    def now(self) -> str:
        """The platform's time, as a terminal writes it."""
        moment = datetime.fromtimestamp(self.kiosk.ask("getTime").json["now_ms"] / 1000, _CHINA)
        return moment.isoformat(timespec="milliseconds")

    def company(self) -> "Company":
        """A company of one invented person, of whom nobody has heard."""
        return Company(self, next(self._numbers))


@dataclass(slots=True)
class Company:
    """One case on its way, each method one thing that somebody does."""

    ground: Ground
    number: int
    case_id: str = field(default_factory=ulid)
    version: int = 0
    _verification: str = ""

    def verification_id(self) -> str:
        """Of its only person."""
        if not self._verification:
            answer = self.verify()
            want(answer.status == 201, f"a verification by card alone was answered {answer.status} {answer.code}")
            self._verification = str(answer.json["id"])
        return self._verification

    @property
    def slip(self) -> str:
        """Its slip code."""
        a, b = divmod(self.number, 1000)
        return f"{_LETTERS[a // 8 % 22]}{a % 8 + 2}{_LETTERS[a // 176 % 22]}-{b:03d}"

    @property
    def trade(self) -> str:
        """Its 字号: far from every other one."""
        return "验" + "".join(_DIGITS[int(digit)] * 2 for digit in f"{self.number:08d}")

    @property
    def cert_no(self) -> str:
        """An invented number with a right check digit."""
        first = f"50010319850412{self.number % 1000:03d}"
        return first + check_digit(first)

    def verify(self) -> Answer:
        """By card alone, the path that needs no picture."""
        now = self.ground.now()
        return self.ground.kiosk.ask("postVerification", {
            "id": ulid(), "person": {"name": "验测试", "cert_type": "111", "cert_no": self.cert_no},
            "method": "card_only", "card": {"read_at": now}, "consent": {"face": False, "at": now},
        })  # fmt: skip

    def form(self) -> dict[str, Any]:
        """A complete form."""
        person = {
            "ref": "p1", "name": "验测试", "cert_type": "111", "cert_no": self.cert_no, "birth": "1985-04-12",
            "phone": "13800000000", "roles": ["legal_rep", "shareholder", "director", "liaison"],
            "subscribed": "10.500000", "verification_id": self.verification_id(), "signature_blob": "0" * 64,
        }  # fmt: skip
        return {
            "items": ["SETUP", "SEAL", "INVOICE", "SOCIAL"],
            "fields": {
                "name_district": "重庆", "name_trade": self.trade, "name_industry": "餐饮",
                "name_org_form": "有限公司", "company_type": "1151", "domicile_division": "500103",
                "domicile_address": "示例路1号", "domicile_get_way": "02", "registered_capital": "10.5",
            },
            "business_scope": [{"code": self._scope_code()}], "people": [person], "applicant": "p1",
            "pickup": {"site_id": self.ground.site_id},
        }  # fmt: skip

    def _scope_code(self) -> str:
        rows = self.ground.kiosk.ask("getPack", name="business_scope").json["rows"]
        return str(next(row["code"] for row in rows if row["duty"] == "none"))

    def reserve_name(self) -> Answer:
        """Hold its name."""
        return self.ground.kiosk.ask("postNameDeclaration", {
            "id": ulid(), "case_id": self.case_id, "name": f"重庆{self.trade}餐饮有限公司", "trade": self.trade,
            "industry": "餐饮", "division_code": "500103",
        })  # fmt: skip

    def keep(self) -> Answer:
        """Keep its form as a draft."""
        body = {"slip_code": self.slip, "form": self.form()}
        version = self.version or None
        answer = self.ground.kiosk.ask("putDraft", body, version=version, first=version is None, case_id=self.case_id)
        if answer.status < 300:
            self.version = answer.json["version"]
        return answer

    def submit(self, key: str | None = None) -> Answer:
        """Submit once for all items."""
        body = {"submitted_at": self.ground.now(), "verification_ids": [self.verification_id()]}
        answer = self.ground.kiosk.ask("submitCase", body, key=key, version=self.version, case_id=self.case_id)
        if answer.status == 200:
            self.version = answer.json["version"]
        return answer

    def submitted(self) -> "Company":
        """All the way to the departments' door."""
        for what, answer in (("name", self.reserve_name()), ("draft", self.keep()), ("submission", self.submit())):
            want(answer.status < 300, f"{what} was answered {answer.status} {answer.code}")
        return self

    def accept(self, window: Terminal, key: str | None = None) -> Answer:
        """The clerk accepts."""
        assert self.ground.staff is not None
        body = {"decision": "accept", "decided_at": self.ground.now(), "by": self.ground.staff.ref}
        return window.ask("decideAcceptance", body, key=key, version=self.version, case_id=self.case_id)

    def ready(self) -> "Company":
        """Everything of it lies in the store."""
        window = self.ground.on_duty()
        if not self.ground.control:
            raise SkipError("its departments cannot be hurried from here")
        answer = self.submitted().accept(window)
        want(answer.status == 201, f"the acceptance was answered {answer.status} {answer.code}")
        window.raw("POST", "/sandbox/clock/advance", b'{"seconds": 300}', {"Content-Type": "application/json"})
        self.ground.forget_tokens()  # time went by for them, too
        want(self.case()["state"] == "READY", "the departments did not finish")
        return self

    def case(self) -> dict[str, Any]:
        """As the window sees it."""
        found: dict[str, Any] = self.ground.on_duty().ask("getCase", case_id=self.case_id).json
        return found

    def bundle(self, window_id: str) -> dict[str, Any]:
        """What a window asks for to hand over everything."""
        case = self.case()
        return {
            "id": ulid(), "case_id": self.case_id, "case_version": case["version"], "window": window_id,
            "verification_id": self.verification_id(), "recipient": {"role": "legal_rep"},
            "lines": [_line(article) for article in case["articles"]],
        }  # fmt: skip

    def handed_over(self, handover: Mapping[str, Any]) -> dict[str, Any]:
        """The fact that it was."""
        return {
            "permit_id": handover["permit"]["id"], "handed_at": self.ground.now(), "signature_blob": "ab" * 32,
            "receipt_no": f"R-{self.number:08d}", "lines_confirmed": [one["article_id"] for one in handover["lines"]],
        }  # fmt: skip


def _line(article: Mapping[str, Any]) -> dict[str, Any]:
    if article.get("unit_id"):
        return {"article_id": article["id"], "unit_id": article["unit_id"]}
    return {name: article[key] for name, key in (
        ("article_id", "id"), ("batch_id", "batch_id"), ("first_no", "first_no"), ("count", "count"),
    )}  # fmt: skip
