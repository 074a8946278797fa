"""Who asks: a terminal by its credential, and the person on duty by a session token bound to that terminal."""

import dataclasses
import hashlib
import hmac

import sqlalchemy as sa

from kiosk.contracts.platform_api import Op

from . import tables as t
from .call import Caller
from .refusal import Refused
from .transaction import Tx

_ROLE_LETTERS = {
    "helper": "H", "clerk": "W", "keeper": "K", "supervisor": "S", "technician": "N", "approver": "A",
}  # fmt: skip
_OWN_SESSION = ("refreshStaffSession", "closeStaffSession")  # they look at the token themselves


def digest(secret: str) -> str:
    """Credentials and tokens are kept only as digests."""
    return hashlib.sha256(secret.encode()).hexdigest()


def caller_of(tx: Tx, op: Op, terminal_header: str, authorization: str) -> Caller:
    """The caller, if he may use this operation at all."""
    if not op.who:
        return Caller()
    caller = _terminal(tx, terminal_header)
    if authorization and op.id not in _OWN_SESSION:
        try:
            caller = _on_duty(tx, caller, bearer(authorization))
        except Refused:
            if "T" not in op.who:  # a fact from a window whose shift is over is still a fact
                raise
    if not _may(op, caller):
        raise Refused("forbidden" if caller.on_duty else "unauthenticated")
    return caller


def with_second(tx: Tx, op: Op, caller: Caller, token: str) -> Caller:
    """The caller with the second person whom the operation wants: somebody else, of the right role, here and now.

    Inside the act's own transaction: a refusal gives the confirmation back, so that it is not used up for nothing.
    """
    column = t.second_person.c
    used = sa.delete(t.second_person).where(
        column.token == digest(token), column.terminal_id == caller.terminal_id, column.expires_at > tx.now
    )
    row = tx.c.execute(used.returning(column.staff_ref)).first()
    if row is None or row.staff_ref == caller.staff_ref:
        raise Refused("second-person-required")
    words = tx.c.execute(sa.select(t.staff.c.roles).where(t.staff.c.ref == row.staff_ref)).scalar_one()
    roles = frozenset(words.split())
    if not any(_ROLE_LETTERS[role] in op.second for role in roles):
        raise Refused("second-person-required")
    return dataclasses.replace(caller, second_ref=row.staff_ref, second_roles=roles)


def bearer(authorization: str) -> str:
    """The token of an Authorization header, or nothing."""
    if not authorization:
        return ""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refused("unauthenticated")
    return token.strip()


def _terminal(tx: Tx, header: str) -> Caller:
    terminal_id, _, credential = header.partition(" ")
    row = tx.c.execute(sa.select(t.terminal).where(t.terminal.c.id == terminal_id)).first()
    if row is None or not hmac.compare_digest(row.credential, digest(credential)):
        raise Refused("unauthenticated")
    if row.state != "ACTIVE":
        raise Refused("terminal-suspended")
    return Caller(row.id, row.site_id, row.kind, row.window_id or "", row.mode)


def _on_duty(tx: Tx, caller: Caller, token: str) -> Caller:
    session = t.staff_session.c
    row = tx.c.execute(
        sa.select(t.staff_session, t.staff.c.roles)
        .join(t.staff, t.staff.c.ref == session.staff_ref)
        .where(session.token == digest(token), session.terminal_id == caller.terminal_id)
    ).first()
    if row is None:
        raise Refused("unauthenticated")
    if row.expires_at <= tx.now:
        raise Refused("token-expired")
    roles = frozenset(row.roles.split())
    if caller.kind == "SELF_SERVICE" and "helper" in roles:
        roles = frozenset({"helper"})  # beside a citizen a helper is nothing else (R56)
    return dataclasses.replace(caller, staff_ref=row.staff_ref, roles=roles)


def _may(op: Op, caller: Caller) -> bool:
    if "T" in op.who:
        return True
    if "C" in op.who and caller.kind == "SELF_SERVICE" and not caller.on_duty:
        return True
    return any(_ROLE_LETTERS[role] in op.who for role in caller.roles)
