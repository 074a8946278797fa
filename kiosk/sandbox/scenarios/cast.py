"""Plays an exercise's beginning: every case goes the way it would go in the hall, by the same handlers and jobs."""

import itertools
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import msgspec
import sqlalchemy as sa

from kiosk.contracts import platform_api as api
from kiosk.domain.ids import new_ulid
from kiosk.sandbox import back_offices, office_book, seed
from kiosk.sandbox import tables as t
from kiosk.sandbox.call import Call, Caller, Reply
from kiosk.sandbox.handlers import HANDLERS
from kiosk.sandbox.moments import at
from kiosk.sandbox.platform import Platform

from .book import PLAIN, PlannedCase, known

# Invented people; the first three have their virtual cards in the demo, so that a trainee can lay them on the reader.
_PEOPLE = {
    "wang": ("王测试", "500103198504120022", "1985-04-12", "13800000001"),
    "li": ("李示例", "500103199011030015", "1990-11-03", "13800000002"),
    "zhao": ("赵样本", "500103195206200039", "1952-06-20", "13800000003"),
}
_KIOSK = Caller("kiosk-01", seed.SITE_ID, "SELF_SERVICE")
_CLERK = Caller("window-03", seed.SITE_ID, "WINDOW", "w-03", staff_ref="0317", roles=frozenset({"clerk", "keeper"}))
_DRAFTS = ("DRAFT", "SIGNING")
_SIGNATURE = "0" * 64
_HEAD = ("legal_rep", "shareholder", "director", "liaison", "finance_officer")
_CAPITAL = Decimal(10)


def current(platform: Platform) -> str:
    """The exercise that the database holds; empty when it holds nothing yet."""
    with platform.look() as tx:
        found: str | None = tx.c.execute(sa.select(t.meta.c.value).where(t.meta.c.key == "scenario")).scalar()
    return found or ""


def start_over(platform: Platform, name: str) -> None:
    """Forget everything and begin this exercise. Its name is written last: what was cut short is begun again."""
    scenario = known()[name or PLAIN]
    with platform.transaction() as tx:
        seed.empty(tx.c)
        seed.fill(tx.c)
    numbers = itertools.count(1)
    with platform.transaction() as tx:
        for dept, wanted in scenario.offices.items():
            office_book.change(tx, dept, wanted, platform.clock.office())
    for planned in scenario.cases:
        _play(platform, planned, next(numbers))
    with platform.transaction() as tx:
        tx.c.execute(t.meta.insert().values(key="scenario", value=scenario.name))


@dataclass(frozen=True, slots=True)
class _Asked:
    """One request as a terminal would make it."""

    op_id: str
    caller: Caller
    body: Mapping[str, Any]
    path: Mapping[str, str] = field(default_factory=dict)
    if_match: int | None = None


def _act(platform: Platform, asked: _Asked) -> Reply:
    op, raw = api.BY_ID[asked.op_id], msgspec.json.encode(asked.body)
    message = msgspec.json.decode(raw, type=op.body)  # strictly, as from the wire
    call = Call(op, asked.caller, path=asked.path, message=message, raw=raw, if_match=asked.if_match)
    with platform.transaction() as tx:
        return HANDLERS[op.id](platform, call, tx)


def _play(platform: Platform, planned: PlannedCase, number: int) -> None:
    case_id, now = _id(platform), at(platform.clock.now())
    path = {"case_id": case_id}
    # Whoever has not signed has not been here: the check of who that is comes with the signature, on a phone.
    verified = {who: _verified(platform, who) for who in planned.people if who not in planned.unsigned}
    form = _form(planned, verified)
    name = {
        "id": _id(platform), "case_id": case_id, "name": f"重庆{planned.trade}{planned.industry}有限公司",
        "trade": planned.trade, "industry": planned.industry, "division_code": "500103",
    }  # fmt: skip
    reserved: api.NameReserved = _act(platform, _Asked("postNameDeclaration", _KIOSK, name)).answer
    if planned.until in _DRAFTS:  # it goes on from here; in a case that waits, the name is left for the clerk's eyes
        form["name_verdict"] = {
            "level": reserved.verdict, "reserve_no": reserved.reserve_no, "reserved_until": reserved.reserved_until,
        }  # fmt: skip
    draft = {"slip_code": f"X{number % 10}S-{number:03d}", "form": form}
    kept = _act(platform, _Asked("putDraft", _KIOSK, draft, path))
    if planned.until in _DRAFTS:
        return
    submit = {"submitted_at": now, "verification_ids": list(verified.values())}
    moved = _act(platform, _Asked("submitCase", _KIOSK, submit, path, kept.answer.version))
    if planned.until == moved.answer.state:
        return
    accept = {"decision": "accept", "decided_at": now, "by": _CLERK.staff_ref}
    _act(platform, _Asked("decideAcceptance", _CLERK, accept, path, moved.answer.version))
    back_offices.hurry(platform, case_id, planned.until, planned.hold)


def _verified(platform: Platform, who: str) -> str:
    name, number, _, _ = _PEOPLE[who]
    now = at(platform.clock.now())
    body = {
        "id": _id(platform), "person": {"name": name, "cert_type": "111", "cert_no": number}, "method": "card_only",
        "card": {"read_at": now}, "consent": {"face": False, "at": now},
    }  # fmt: skip
    verification: api.Verification = _act(platform, _Asked("postVerification", _KIOSK, body)).answer
    return verification.id


def _form(planned: PlannedCase, verified: Mapping[str, str]) -> dict[str, Any]:
    share = _CAPITAL / len(planned.people)
    people = [_person(planned, verified, n, who, share) for n, who in enumerate(planned.people, 1)]
    return {
        "items": list(planned.items),
        "purpose": {"with_partners": len(people) > 1, "trade_hint": planned.industry, "licence_first": False},
        "fields": {
            "name_district": "重庆", "name_trade": planned.trade, "name_industry": planned.industry,
            "name_org_form": "有限公司", "company_type": "1151" if len(people) == 1 else "1130",
            "domicile_division": "500103", "domicile_division_name": "渝中区", "domicile_address": "示例路1号",
            "domicile_get_way": "02", "registered_capital": str(_CAPITAL),
        },
        "business_scope": [{"code": "SAMPLE-0003", "name": "小面快餐服务"}],
        "people": people, "applicant": "p1", "pickup": {"site_id": seed.SITE_ID},
    }  # fmt: skip


def _person(planned: PlannedCase, verified: Mapping[str, str], n: int, who: str, share: Decimal) -> dict[str, Any]:
    name, number, birth, phone = _PEOPLE[who]
    roles = [*_HEAD] if n == 1 else ["shareholder"]
    signed = {} if who in planned.unsigned else {"signature_blob": _SIGNATURE}
    return {
        "ref": f"p{n}", "name": name, "cert_type": "111", "cert_no": number, "birth": birth, "phone": phone,
        "roles": roles, "subscribed": f"{share:.6f}", "verification_id": verified.get(who), **signed,
    }  # fmt: skip


def _id(platform: Platform) -> str:
    return new_ulid(platform.clock.now(), secrets.token_bytes(10))
