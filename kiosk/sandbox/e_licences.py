"""The simulated e-licence authority (电子营业执照): draws a code for a phone, and says once whose licence it is.

A code is compared whole, by its digest; nothing is read out of it.
"""

import secrets
from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import enterprises as wire
from kiosk.domain.private import mask_name

from . import case_views, companies
from . import tables as t
from .call import Call, Reply
from .identity import digest
from .moments import MINUTE, at
from .refusal import Refused
from .transaction import Tx

CODE_MS = 5 * MINUTE
SIGHT_MS = 10 * MINUTE
AGAIN_MS = MINUTE // 3


def draw(tx: Tx, uscc: str) -> str | None:
    """What the phone of the licence's holder shows now; None for a company nobody knows."""
    if companies.company(tx, uscc) is None:
        return None
    code = f"https://e-licence.example/q/{secrets.token_urlsafe(32)}"
    tx.c.execute(t.e_licence.insert().values(code=digest(code), uscc=uscc, expires_at=tx.now + CODE_MS))
    return code


def open_e_licence(call: Call, tx: Tx) -> Reply:
    """A live code, once: for ten minutes this terminal may see the company's cases.

    The same code at the same terminal a moment later is the same act, whose answer got lost: it is answered again.
    """
    column = t.e_licence.c
    code = column.code == digest(call.body(wire.OpenELicence).code)
    row = tx.c.execute(sa.select(t.e_licence).where(code).with_for_update()).first()
    if row is None or row.expires_at <= tx.now:
        raise Refused("code-expired")
    used = sa.update(t.e_licence).where(code, column.used_at.is_(None)).values(used_at=tx.now)
    fresh = tx.c.execute(used).rowcount == 1
    company = companies.company(tx, row.uscc)
    if company is None:
        raise Refused("code-expired")
    tx.c.execute(sa.delete(t.company_sight).where(t.company_sight.c.expires_at <= tx.now))
    if fresh:
        session, expires = tx.new_id(), tx.now + SIGHT_MS
        sight = {"id": session, "terminal_id": call.caller.terminal_id, "uscc": row.uscc, "expires_at": expires}
        tx.c.execute(t.company_sight.insert().values(**sight))
    else:
        session, expires = _opened(tx, row, call.caller.terminal_id)
    people = case_views.form_of(company.opening).people
    holder = next((mask_name(one.name) for one in people if "legal_rep" in one.roles), "")
    return Reply(201, wire.ELicenceSession(session, row.uscc, company.name, holder, at(expires)))


def _opened(tx: Tx, code: "sa.Row[Any]", terminal_id: str) -> tuple[str, int]:
    # What this terminal has opened with this code a moment ago; one that was used elsewhere, or long ago, is used up.
    column = t.company_sight.c
    mine = sa.and_(column.terminal_id == terminal_id, column.uscc == code.uscc)
    newest = sa.select(column.id, column.expires_at).where(mine).order_by(column.expires_at.desc())
    sight = tx.c.execute(newest).first()
    if sight is None or code.used_at + AGAIN_MS <= tx.now or sight.expires_at != code.used_at + SIGHT_MS:
        raise Refused("code-used")
    return sight.id, sight.expires_at


def company_of(tx: Tx, session: str, terminal_id: str) -> str | None:
    """The company that was logged in here by this session."""
    column = t.company_sight.c
    mine = sa.and_(column.id == session, column.terminal_id == terminal_id, column.expires_at > tx.now)
    uscc: str | None = tx.c.execute(sa.select(column.uscc).where(mine)).scalar()
    return uscc
