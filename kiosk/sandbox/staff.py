"""Sign-in of people on duty: the card signs a fresh challenge after it has checked the PIN itself."""

import secrets
from functools import partial
from typing import Any

import sqlalchemy as sa
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.contracts import platform_api as api

from . import assistance
from . import tables as t
from .call import Call, Reply
from .identity import bearer, digest
from .moments import HOUR, MINUTE, at
from .refusal import Refused
from .transaction import Tx

SIGNED_PREFIX = b"QIBAN-STAFF-1"
TOKEN_MS = 15 * MINUTE
REFRESH_MS = 8 * HOUR
_CHALLENGE_MS = MINUTE
_SECOND_MS = 2 * MINUTE
_LOCK_AFTER, _LOCK_MS = 5, 15 * MINUTE
_GRACE_MS = 2 * MINUTE


def get_challenge(call: Call, tx: Tx) -> Reply:
    """A challenge for anybody who asks: whether the reference exists is not told here."""
    asked = call.body(api.ChallengeAsked)
    _refuse_locked(tx, asked.staff_ref)
    tx.c.execute(sa.delete(t.challenge).where(t.challenge.c.expires_at <= tx.now))
    value = secrets.token_bytes(32)
    expires = tx.now + _CHALLENGE_MS
    tx.c.execute(
        t.challenge.insert().values(
            value=value.hex(), staff_ref=asked.staff_ref, terminal_id=call.caller.terminal_id, expires_at=expires
        )
    )
    return Reply(201, api.Challenge(value, at(expires)))


def open_staff_session(call: Call, tx: Tx) -> Reply:
    """A good signature over a live challenge opens a session at this terminal."""
    asked = call.body(api.OpenStaffSession)
    row = signed(tx, call, asked.staff_ref, asked.challenge, asked.signature)
    return Reply(201, _new_session(tx, call, row, tx.now + REFRESH_MS, asked.boot))


def open_second_person(call: Call, tx: Tx) -> Reply:
    """A second card signs beside the first person's session; what it gives is good once, for two minutes."""
    asked = call.body(api.OpenSecondPerson)
    row = signed(tx, call, asked.staff_ref, asked.challenge, asked.signature)
    if row.ref == call.caller.staff_ref:
        raise Refused("second-person-required")
    tx.c.execute(sa.delete(t.second_person).where(t.second_person.c.expires_at <= tx.now))
    token, expires = secrets.token_urlsafe(32), tx.now + _SECOND_MS
    kept = {"token": digest(token), "staff_ref": row.ref, "terminal_id": call.caller.terminal_id}
    tx.c.execute(t.second_person.insert().values(**kept, expires_at=expires))
    return Reply(201, api.SecondPerson(token, row.ref, row.name, tuple(sorted(row.roles.split())), at(expires)))


def signed(tx: Tx, call: Call, staff_ref: str, challenge: bytes, signature: bytes) -> "sa.Row[Any]":
    """The person whose card signed a challenge that was given to this terminal, and is used up by that."""
    _refuse_locked(tx, staff_ref)
    column = t.challenge.c
    used = tx.c.execute(
        sa.delete(t.challenge).where(
            column.value == challenge.hex(), column.staff_ref == staff_ref,
            column.terminal_id == call.caller.terminal_id, column.expires_at > tx.now,
        )
    )  # fmt: skip
    row = tx.c.execute(sa.select(t.staff).where(t.staff.c.ref == staff_ref)).first()
    if used.rowcount != 1 or row is None:
        raise Refused("unauthenticated")
    try:
        key = Ed25519PublicKey.from_public_bytes(row.public_key)
        key.verify(signature, SIGNED_PREFIX + challenge)
    except InvalidSignature:
        raise Refused("unauthenticated", aftermath=partial(_count_failure, staff_ref=staff_ref)) from None
    tx.c.execute(sa.update(t.staff).where(t.staff.c.ref == row.ref).values(failures=0, locked_until=None))
    return row


def _count_failure(tx: Tx, staff_ref: str) -> None:
    # The fifth wrong signature in a row locks for a quarter of an hour.
    column = t.staff.c
    tx.c.execute(sa.update(t.staff).where(column.ref == staff_ref).values(failures=column.failures + 1))
    tx.c.execute(
        sa.update(t.staff)
        .where(column.ref == staff_ref, column.failures >= _LOCK_AFTER)
        .values(failures=0, locked_until=tx.now + _LOCK_MS)
    )


def refresh_staff_session(call: Call, tx: Tx) -> Reply:
    """A new token for the old one, also when that has run out, until the shift is over.

    The old one stays good for two minutes: if the answer gets lost, the terminal asks again, and nobody who stands
    before forty people has to sign in anew.
    """
    row = _session(tx, call)
    if row.refresh_until <= tx.now:
        raise Refused("token-expired")
    column = t.staff_session.c
    shift_ends = tx.c.execute(sa.select(sa.func.max(column.refresh_until)).where(_same(row))).scalar_one()
    grace = tx.now + _GRACE_MS
    shorter = {"expires_at": min(row.expires_at, grace), "refresh_until": min(row.refresh_until, grace)}
    tx.c.execute(sa.update(t.staff_session).where(column.token == row.token).values(shorter))
    person = tx.c.execute(sa.select(t.staff).where(t.staff.c.ref == row.staff_ref)).one()
    return Reply(200, _new_session(tx, call, person, shift_ends, row.boot or ""))


def close_staff_session(call: Call, tx: Tx) -> Reply:
    """The card is taken, the session is over, with every token it had here."""
    row = _session(tx, call)
    tx.c.execute(sa.delete(t.staff_session).where(_same(row)))
    assistance.signed_out(tx, row.terminal_id, row.staff_ref)
    return Reply(204)


def _same(session: "sa.Row[Any]") -> "sa.ColumnElement[bool]":
    # The tokens of one person at one terminal.
    column = t.staff_session.c
    return sa.and_(column.staff_ref == session.staff_ref, column.terminal_id == session.terminal_id)


def _session(tx: Tx, call: Call) -> "sa.Row[tuple[str, ...]]":
    token = bearer(call.token)
    column = t.staff_session.c
    row = tx.c.execute(
        sa.select(t.staff_session).where(column.token == digest(token), column.terminal_id == call.caller.terminal_id)
    ).first()
    if not token or row is None:
        raise Refused("unauthenticated")
    return row


def _new_session(
    tx: Tx, call: Call, person: "sa.Row[tuple[str, ...]]", refresh_until: int, boot: str
) -> api.StaffSession:
    tx.c.execute(sa.delete(t.staff_session).where(t.staff_session.c.refresh_until <= tx.now))
    token, expires = secrets.token_urlsafe(32), min(tx.now + TOKEN_MS, refresh_until)
    tx.c.execute(
        t.staff_session.insert().values(
            token=digest(token), staff_ref=person.ref, terminal_id=call.caller.terminal_id, expires_at=expires,
            refresh_until=refresh_until, boot=boot,
        )
    )  # fmt: skip
    roles = tuple(sorted(person.roles.split()))
    return api.StaffSession(token, person.ref, person.name, roles, at(expires), at(refresh_until))


def _refuse_locked(tx: Tx, staff_ref: str) -> None:
    locked = tx.c.execute(sa.select(t.staff.c.locked_until).where(t.staff.c.ref == staff_ref)).scalar()
    if locked is not None and locked > tx.now:
        raise Refused("staff-locked", retry_after=max(1, (locked - tx.now) // 1000))
