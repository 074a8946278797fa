"""Going on with a draft at another terminal of the city: the slip, and a code sent to the applicant's phone.

Nothing told here depends on whether there is such a slip: not the answer, not the waiting time, not the lock.
"""

import hmac
import secrets
from functools import partial
from typing import Any

import msgspec
import sqlalchemy as sa

from kiosk.contracts.platform_api import visits as wire

from . import case_views, personal_messages, sight
from . import tables as t
from .call import Call, Reply
from .handling import Handlers
from .moments import DAY, MINUTE, at
from .platform import Platform
from .refusal import Refused
from .transaction import Tx

_GOOD_MS = 10 * MINUTE
_NEXT_MS = MINUTE  # between two codes for one slip
_WRONG, _LOCK_MS = 5, 15 * MINUTE


def send_resume_code(platform: Platform, call: Call, tx: Tx) -> Reply:
    """A fresh code, if there is a draft and a phone; the tries of before still count."""
    slip = call.body(wire.SendResumeCode).slip_code
    column = t.resume_code.c
    tx.c.execute(sa.delete(t.resume_code).where(column.sent_at < tx.now - DAY))
    row = _row(platform, tx, slip)
    _refuse_locked(tx, row)
    if row.sent_at is not None and tx.now - row.sent_at < _NEXT_MS:
        raise Refused("rate-limited", retry_after=(_NEXT_MS - (tx.now - row.sent_at)) // 1000 + 1)
    code = f"{secrets.randbelow(1_000_000):06d}"
    sent = sa.update(t.resume_code).where(column.slip_code == slip)
    case_id = _send(platform, tx, slip, code)
    sealed = None if case_id is None else platform.sealed("resume", slip + code)
    tx.c.execute(sent.values(case_id=case_id, code=sealed, sent_at=tx.now, expires_at=tx.now + _GOOD_MS))
    return Reply(202, wire.ResumeCodeSent(at(tx.now + _GOOD_MS), at(tx.now + _NEXT_MS)))


def _send(platform: Platform, tx: Tx, slip: str, code: str) -> str | None:
    case = tx.c.execute(sa.select(t.case).where(t.case.c.slip_code == slip)).first()
    if case is None:
        return None
    form = case_views.form_of(case)
    applicant = next((one for one in form.people if one.ref == form.applicant and one.phone), None)
    if applicant is None:
        return None
    person = platform.person(applicant.cert_type, applicant.cert_no)
    personal_messages.send(tx, case.id, "resume_code", person, applicant.phone, code)
    case_id: str = case.id
    return case_id


def resume_case(platform: Platform, call: Call, tx: Tx) -> Reply:
    """A right code is used up and opens the case at this terminal, in whichever hall it stands."""
    asked = call.body(wire.ResumeCase)
    row = tx.c.execute(
        sa.select(t.resume_code).where(t.resume_code.c.slip_code == asked.slip_code).with_for_update()
    ).first()
    if row is not None:
        _refuse_locked(tx, row)
    given = platform.sealed("resume", asked.slip_code + asked.code)
    live = row is not None and row.code is not None and row.expires_at > tx.now
    if row is None or not live or not hmac.compare_digest(row.code, given):
        raise Refused("not-found", aftermath=partial(_count_wrong, platform, slip=asked.slip_code))
    case = tx.c.execute(sa.select(t.case).where(t.case.c.id == row.case_id)).first()
    if case is None:
        raise Refused("not-found")
    used = sa.update(t.resume_code).where(t.resume_code.c.slip_code == asked.slip_code)
    tx.c.execute(used.values(code=None, tries=0))
    until = sight.grant(tx, call.caller.terminal_id, case.id)
    whole = case_views.whole(tx, case, masked=False)
    return Reply(200, wire.Resumed(**msgspec.structs.asdict(whole), seen_until=at(until)), f"v{case.version}")


def _row(platform: Platform, tx: Tx, slip: str) -> Any:
    platform.store.insert_new(tx.c, t.resume_code, {"slip_code": slip, "tries": 0})
    return tx.c.execute(sa.select(t.resume_code).where(t.resume_code.c.slip_code == slip).with_for_update()).one()


def _refuse_locked(tx: Tx, row: Any) -> None:
    if row.locked_until is not None and row.locked_until > tx.now:
        raise Refused("rate-limited", retry_after=(row.locked_until - tx.now) // 1000 + 1)


def _count_wrong(platform: Platform, tx: Tx, slip: str) -> None:
    # The fifth wrong code locks the slip for a quarter of an hour and makes the code useless.
    tries = _row(platform, tx, slip).tries + 1
    values: dict[str, Any] = {"tries": tries}
    if tries >= _WRONG:
        values = {"tries": 0, "code": None, "locked_until": tx.now + _LOCK_MS}
    tx.c.execute(sa.update(t.resume_code).where(t.resume_code.c.slip_code == slip).values(**values))


HANDLERS: Handlers = {"sendResumeCode": send_resume_code, "resumeCase": resume_case}
