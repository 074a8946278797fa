"""What finding by a card needs: the card lies there now, and whose cases it opens."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from . import tables as t
from . import verifications
from .call import Call
from .moments import ms_of
from .platform import Platform
from .refusal import invalid
from .transaction import Tx

_KINDS = ("111", "154", "553", "uscc")


def card_lies_here(call: Call, tx: Tx, read_at: datetime | None) -> None:
    """A citizen's card must have been read just now; people on duty may type."""
    if call.caller.on_duty:
        return
    if read_at is None:
        raise invalid("/card_read_at", "required")
    if abs(tx.now - ms_of(read_at)) > verifications.CARD_FRESH_MS:
        raise invalid("/card_read_at", "card must have been read just now")


def cases_of_card(platform: Platform, cert_no: str) -> "sa.Select[Any]":
    """Ids of the cases in which this number stands."""
    persons = [platform.person(kind, cert_no) for kind in _KINDS]
    return sa.select(t.case_person.c.case_id).where(t.case_person.c.person.in_(persons))
