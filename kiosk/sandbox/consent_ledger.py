"""Writing into the ledger of consents, for whoever asks a person for one."""

from datetime import datetime

from . import tables as t
from .moments import told_ms
from .transaction import Tx


def record(
    tx: Tx,
    kind: str,
    given_at: datetime,
    *,
    person: str,
    verification_id: str,
    site_id: str,
    terminal_id: str,
    text_version: int,
) -> None:
    """One line, in the transaction of what was agreed to."""
    tx.c.execute(
        t.consent.insert().values(
            id=tx.new_id(), kind=kind, person=person, verification_id=verification_id, site_id=site_id,
            terminal_id=terminal_id, text_version=text_version, given_at=told_ms(given_at, tx.now),
        )
    )  # fmt: skip
