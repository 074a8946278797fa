"""Sight: a terminal at which somebody showed the code from the applicant's phone may work on that case a while."""

import sqlalchemy as sa

from . import tables as t
from .moments import MINUTE
from .transaction import Tx

SIGHT_MS = 30 * MINUTE


def grant(tx: Tx, terminal_id: str, case_id: str) -> int:
    """Let a terminal see and edit; until when."""
    column, until = t.sight.c, tx.now + SIGHT_MS
    tx.c.execute(
        sa.delete(t.sight).where(
            sa.or_(
                column.until <= tx.now, sa.and_(column.terminal_id == terminal_id, column.case_id == case_id)
            )
        )
    )  # fmt: skip
    row = {"terminal_id": terminal_id, "case_id": case_id, "granted_at": tx.now, "until": until}
    tx.c.execute(t.sight.insert().values(**row))
    return until


def has(tx: Tx, terminal_id: str, case_id: str, since: int = 0) -> bool:
    """Whether the terminal may see this case now, by a code shown not before ``since``."""
    column = t.sight.c
    mine = sa.and_(column.terminal_id == terminal_id, column.case_id == case_id)
    return (
        tx.c.execute(sa.select(column.until).where(mine, column.until > tx.now, column.granted_at >= since)).first()
        is not None
    )


def end(tx: Tx, terminal_id: str, before: int) -> int:
    """Forget what this terminal was shown before a moment; how many."""
    column = t.sight.c
    gone = sa.delete(t.sight).where(column.terminal_id == terminal_id, column.granted_at <= before)
    return tx.c.execute(gone).rowcount
