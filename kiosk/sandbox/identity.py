"""Who asks: a terminal by its certificate, and the person on duty by a session token bound to that terminal."""

import dataclasses
import hashlib
import hmac
from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import Offline, Op

from . import tables as t
from .call import Caller, Shown
from .refusal import Refused
from .transaction import Tx

_ROLE_LETTERS = {
    "helper": "H", "clerk": "W", "keeper": "K", "supervisor": "S", "technician": "N", "approver": "A",
}  # fmt: skip
_OWN_SESSION = ("refreshStaffSession", "closeStaffSession")  # they look at the token themselves

# What a terminal out of service still says and hears: that it is there, its orders, the head of its audit chain.
_ALWAYS = ("putHeartbeat", "getDirectives", "postAuditSegment", "headBlob", "patchBlob")  # the last two: its entries
_SHUT = ("LOCKED", "WIPE")


def digest(secret: str) -> str:
    """Credentials and tokens are kept only as digests."""
    return hashlib.sha256(secret.encode()).hexdigest()


def caller_of(tx: Tx, op: Op, shown: Shown, authorization: str) -> Caller:
    """The caller, if he may use this operation at all."""
    if not op.who:
        return Caller()
    row = _by_certificate(tx, shown.certificate) if shown.certificate else _by_credential(tx, shown.stand_in)
    caller = Caller(row.id, row.site_id, row.kind, row.window_id or "", row.mode)
    _in_service(op, row)
    if authorization and op.id not in _OWN_SESSION:
        try:
            caller = _on_duty(tx, caller, bearer(authorization))
        except Refused:
            if "T" not in op.who:  # a fact from a window whose shift is over is still a fact
                raise
    if not _may(op, caller):
        raise Refused("forbidden" if caller.on_duty else "unauthenticated")
    if row.state == "MAINTENANCE" and not _under_repair(op):
        raise Refused("terminal-suspended")
    if row.mode == "READ_ONLY" and op.stops_when_reading:
        raise Refused("directive-read-only")
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
    if not any(_ROLE_LETTERS[role] in op.second + op.second_may for role in roles):
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


def _by_certificate(tx: Tx, sha256: str) -> Any:
    column = t.certificate.c
    joined = sa.select(t.terminal, column.expires_at, column.revoked_at).join(
        t.certificate, column.terminal_id == t.terminal.c.id
    )
    row = tx.c.execute(joined.where(column.sha256 == sha256)).first()
    if row is None:
        raise Refused("unauthenticated")
    if row.revoked_at is not None:
        raise Refused("certificate-revoked")
    if row.expires_at <= tx.now:
        raise Refused("unauthenticated")
    return row


def _by_credential(tx: Tx, stand_in: str) -> Any:
    terminal_id, _, credential = stand_in.partition(" ")
    row = tx.c.execute(sa.select(t.terminal).where(t.terminal.c.id == terminal_id)).first()
    if row is None or not row.credential or not hmac.compare_digest(row.credential, digest(credential)):
        raise Refused("unauthenticated")
    return row


def _in_service(op: Op, row: Any) -> None:
    if row.state == "REVOKED":
        raise Refused("certificate-revoked")
    if row.state not in ("ACTIVE", "RESTRICTED", "MAINTENANCE", "SUSPENDED"):
        raise Refused("unauthenticated")
    if (row.state == "SUSPENDED" or row.mode in _SHUT) and op.id not in _ALWAYS:
        raise Refused("terminal-suspended")


def _under_repair(op: Op) -> bool:
    # Nobody is served, but technicians work there and what has happened before is still told.
    return "T" in op.who or "N" in op.who or op.offline in (Offline.FACT, Offline.PERMIT)


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
