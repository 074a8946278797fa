"""The citizen's session at a self-service terminal: ten idle minutes, the own cases only."""

import dataclasses
import secrets
from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import visits as wire

from . import assistance, sight, verifications
from . import tables as t
from .call import Call, Caller, Reply
from .handling import Handlers, of_rows
from .identity import digest
from .moments import MINUTE, at
from .platform import Platform
from .refusal import Refused
from .transaction import Tx

IDLE_MS = 10 * MINUTE
_TOUCH_AGAIN_MS = 15_000  # an idle time that is exact to this is exact enough, and spares most reads a write


def open_citizen_session(call: Call, tx: Tx) -> Reply:
    """For the person whom this terminal has verified. A new person's session ends what the one before was shown."""
    asked, caller = call.body(wire.OpenCitizenSession), call.caller
    if caller.on_duty:
        raise Refused("forbidden")  # a session is the citizen's own act, not a helper's
    column = t.verification.c
    row = tx.c.execute(
        sa.select(t.verification).where(column.id == asked.verification_id, column.terminal_id == caller.terminal_id)
    ).first()
    if row is None or row.result != "PASSED" or row.revoked_at is not None:
        raise Refused("verification-required")
    if row.expires_at <= tx.now:
        raise Refused("verification-expired")
    session = t.citizen_session.c
    before = tx.c.execute(
        sa.delete(t.citizen_session).where(session.terminal_id == caller.terminal_id).returning(session.person)
    ).first()
    if before is not None and before.person != row.person:
        _end_visit(tx, caller.terminal_id)
    token, expires = secrets.token_urlsafe(32), min(tx.now + IDLE_MS, row.expires_at)
    tx.c.execute(
        t.citizen_session.insert().values(
            token=digest(token), terminal_id=caller.terminal_id, person=row.person, verification_id=row.id,
            opened_at=tx.now, expires_at=expires, latest=row.expires_at,
        )
    )  # fmt: skip
    return Reply(201, wire.CitizenSession(token, at(expires), IDLE_MS // 1000))


def close_citizen_session(call: Call, tx: Tx) -> Reply:
    """The visit is over: nothing that was shown here stays open, and the helper's visit ends with it."""
    column = t.citizen_session.c
    mine = sa.and_(column.token == digest(call.citizen), column.terminal_id == call.caller.terminal_id)
    if not call.citizen or tx.c.execute(sa.delete(t.citizen_session).where(mine)).rowcount != 1:
        raise Refused("unauthenticated")
    _end_visit(tx, call.caller.terminal_id)
    return Reply(204)


def _end_visit(tx: Tx, terminal_id: str) -> None:
    sight.end(tx, terminal_id, tx.now)
    assistance.end_joined(tx, t.assistance.c.terminal_id == terminal_id)


def with_citizen(tx: Tx, caller: Caller, token: str) -> Caller:
    """The caller with the citizen whose session this is, at this terminal and still open."""
    column = t.citizen_session.c
    mine = sa.and_(column.token == digest(token), column.terminal_id == caller.terminal_id)
    row = tx.c.execute(sa.select(t.citizen_session).where(mine)).first()
    if row is None:
        raise Refused("unauthenticated")
    if row.expires_at <= tx.now:
        raise Refused("token-expired")
    stale = row.expires_at < min(tx.now + IDLE_MS - _TOUCH_AGAIN_MS, row.latest)
    return dataclasses.replace(caller, person=row.person, person_since=row.opened_at, person_stale=stale)


def touch(platform: Platform, call: Call) -> None:
    """Somebody is there: the idle time begins anew, never beyond the verification."""
    if not call.caller.person_stale:
        return
    column = t.citizen_session.c
    with platform.transaction() as tx:
        wanted = tx.now + IDLE_MS
        mine = sa.update(t.citizen_session).where(column.token == digest(call.citizen))
        tx.c.execute(mine.values(expires_at=sa.case((column.latest < wanted, column.latest), else_=wanted)))


def own_case_only(tx: Tx, call: Call) -> None:
    """With a session, a case in the address or at the head of the message must be that person's. A case that does not
    exist yet is nobody's."""
    if not call.caller.person:
        return
    asked = [call.path.get("case_id"), getattr(call.message, "case_id", None)]
    for case_id in asked:
        row = None if case_id is None else tx.c.execute(sa.select(t.case).where(t.case.c.id == case_id)).first()
        if row is not None and not is_own(tx, call.caller, row):
            raise Refused("not-found")


def is_own(tx: Tx, caller: Caller, row: Any) -> bool:
    """Whether a case is the citizen's: a person in it, begun in this very session, or shown to it by its code."""
    if not caller.person:
        return True
    if row.terminal_id == caller.terminal_id and row.made_at >= caller.person_since:
        return True
    column = t.case_person.c
    in_it = sa.select(column.case_id).where(column.case_id == row.id, column.person == caller.person)
    return tx.c.execute(in_it).first() is not None or sight.has(tx, caller.terminal_id, row.id)


def end_of(tx: Tx, verification_id: str) -> int:
    """End the sessions that stood on a verification; how many."""
    column = t.citizen_session.c
    return tx.c.execute(sa.delete(t.citizen_session).where(column.verification_id == verification_id)).rowcount


def open_person(tx: Tx, call: Call, verification_id: str) -> str:
    """The person of a verification that this terminal made and that still holds; else not-found."""
    person = verifications.person_here(tx, call.caller.terminal_id, verification_id)
    if person is None or (call.caller.person and person != call.caller.person):
        raise Refused("not-found")
    return person


HANDLERS: Handlers = {
    "openCitizenSession": of_rows(open_citizen_session),
    "closeCitizenSession": of_rows(close_citizen_session),
}
