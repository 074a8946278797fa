"""The one-time notice (一次性告知, R44): everything missing is said at once. Whatever was there to be seen the first
time is not asked for a second time, unless a supervisor countersigns; that is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import turns as wire

from . import case_views
from . import tables as t
from .call import Call, Caller, Reply
from .casework import CaseWork
from .hall_hours import hall_time
from .handling import Handlers, of_rows
from .moments import at
from .predecessors import chain_of
from .refusal import Refused, invalid
from .transaction import Tx

COMPLAINTS = "12345"
_STEPS = (
    "请按上列事项一次补齐补正。",
    "凭提取码或身份证到本大厅任一综合窗口或自助终端继续办理，原已填写内容自动带入，无需重填。",
    "补齐补正后另行受理，办理时限自受理时重新计算。",
)
_KEYS = {"people": "ref", "business_scope": "code"}  # lists whose order says nothing
_UNSAID = frozenset(
    {"verification_id", "verified_until", "signature_blob", "signed_at"}
)  # new with every application


def as_seen(form: api.Form) -> Any:
    """What a clerk could see in a form: plain values, people and scope lines under their own names."""
    seen = msgspec.to_builtins(form)
    for part, name in _KEYS.items():
        lines = ({k: v for k, v in line.items() if k not in _UNSAID} for line in seen.get(part, ()))
        seen[part] = {line[name]: line for line in lines}
    return seen


def part_of(seen: Any, pointer: str) -> Any:
    """The part of a form a pointer names; None when it is not there. People and scope lines go by name."""
    for step in pointer.split("/")[1:]:
        if isinstance(seen, list):
            seen = seen[int(step)] if step.isdecimal() and int(step) < len(seen) else None
        else:
            seen = seen.get(step) if isinstance(seen, dict) else None
    return seen


def was_there_to_see(pointer: str, now: api.Form, then: api.Form) -> bool:
    """Whether a requirement on this part of the form could have been made on the earlier form: the part is the same.
    Without a pointer it speaks of the application as a whole, which was there the first time."""
    if not pointer:
        return True
    steps = pointer.split("/")
    if len(steps) > 2 and steps[1] in _KEYS and steps[2].isdecimal():  # the place in today's list → the name
        lines = getattr(now, steps[1])
        if int(steps[2]) >= len(lines):
            return True
        steps[2] = getattr(lines[int(steps[2])], _KEYS[steps[1]])
    named = "/".join(steps)
    return bool(part_of(as_seen(now), named) == part_of(as_seen(then), named))


@dataclass(frozen=True, slots=True)
class Second:
    """Who countersigned a second notice, and why it had to be."""

    ref: str
    reason: str


def give(tx: Tx, work: CaseWork, caller: Caller, asked: api.DecideAcceptance) -> int:
    """Write the notice down; its number in the chain."""
    if not asked.requirements:
        raise invalid("/requirements", "at least one")
    before = _given_before(tx, work)
    repeated = _repeated(tx, work, asked.requirements, before)
    if repeated and not caller.second_ref:
        first = before[0]
        raise Refused("notice-already-given", requirements=repeated, first={"case_id": first.case_id, "no": first.no})
    if repeated and not asked.second_reason:
        raise invalid("/second_reason", "required")
    second = Second(caller.second_ref, asked.second_reason) if repeated else None
    return _write(tx, work, asked.requirements, asked.by, caller.window_id, len(repeated), second)


def give_from_department(tx: Tx, work: CaseWork, by: str, requirements: Sequence[api.Requirement]) -> int:
    """An approver found what is missing: written down like a clerk's. Nobody countersigns in the back office, so what
    was asked for twice is counted."""
    repeated = _repeated(tx, work, tuple(requirements), _given_before(tx, work))
    return _write(tx, work, tuple(requirements), by, "", len(repeated), None)


def _write(
    tx: Tx, work: CaseWork, requirements: tuple[api.Requirement, ...], by: str, window: str, repeated: int,
    second: Second | None,
) -> int:  # fmt: skip
    before = _given_before(tx, work)
    site = tx.c.execute(sa.select(t.site).where(t.site.c.id == work.row.site_id)).one()
    year, serial = at(tx.now).year, tx.next_number("notice")
    no = len(before) + 1
    tx.c.execute(
        t.notice.insert().values(
            case_id=work.id, no=no, at=tx.now, by=by, requirements=msgspec.json.encode(requirements),
            number=f"{site.name.partition('政务服务中心')[0]}告知〔{year}〕{serial:04d}", site_id=site.id,
            window=window,
            second=bool(before), repeated=repeated, second_ref=second.ref if second else None,
            second_reason=second.reason if second else None,
        )
    )  # fmt: skip
    work.set(notices=no)
    return no


def _given_before(tx: Tx, work: CaseWork) -> list[Any]:
    column = t.notice.c
    return list(
        tx.c.execute(sa.select(t.notice).where(column.case_id.in_(chain_of(tx, work.id))).order_by(column.no))
    )


def _repeated(tx: Tx, work: CaseWork, asked: tuple[api.Requirement, ...], before: list[Any]) -> list[str]:
    if not before:
        return []
    now = case_views.form_of(work.row)
    ids = [row.case_id for row in before]
    then = [case_views.form_of(row) for row in tx.c.execute(sa.select(t.case).where(t.case.c.id.in_(ids)))]
    return [one.code for one in asked if any(was_there_to_see(one.pointer, now, form) for form in then)]


def get_notice(call: Call, tx: Tx) -> Reply:
    """A notice of this case or of one it takes up, as it is printed."""
    work = CaseWork.look(tx, call.path["case_id"], call.caller.site_id)
    if not case_views.sees_all(tx, call.caller, work.row):
        raise Refused("not-found")
    column = t.notice.c
    mine = sa.and_(column.case_id.in_(chain_of(tx, work.id)), column.no == int(call.path["no"]))
    row = tx.c.execute(sa.select(t.notice).where(mine)).first()
    if row is None:
        raise Refused("not-found")
    case = tx.c.execute(sa.select(t.case).where(t.case.c.id == row.case_id)).one()
    hall: str = tx.c.execute(sa.select(t.site.c.name).where(t.site.c.id == row.site_id)).scalar_one()
    notice = wire.OneTimeNotice(
        case_id=row.case_id, no=row.no, number=row.number, given_at=at(row.at), by=row.by,
        requirements=msgspec.json.decode(row.requirements, type=tuple[api.Requirement, ...]),
        received=_received(case_views.form_of(case)), hall=hall, window=row.window or "",
        hours=hall_time(tx, row.site_id).words,
        complaints=COMPLAINTS, steps=_STEPS, case_no=case.case_no, second=row.second, second_ref=row.second_ref or "",
        second_reason=row.second_reason or "",
    )  # fmt: skip
    return Reply(200, notice)


def _received(form: api.Form) -> tuple[wire.ReceivedThing, ...]:
    verified = sum(1 for one in form.people if one.verification_id is not None)
    signed = sum(1 for one in form.people if one.signature_blob is not None)
    every = (("企业开办申请（电子）", 1), ("身份核验记录", verified), ("电子签名", signed))
    return tuple(wire.ReceivedThing(name, count) for name, count in every if count)


HANDLERS: Handlers = {"getNotice": of_rows(get_notice)}
