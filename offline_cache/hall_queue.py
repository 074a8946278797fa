"""The hall's queue on this machine: the platform's last word about it, and this terminal's own series of numbers.

Numbers and windows only, nothing of a person; small enough to stand among the store's own facts.
"""

import re
from datetime import date, datetime

from kiosk.domain.queue import HallQueue
from kiosk.faults import FaultCode

from . import mirror, wire
from .driver import Database
from .errors import StoreError

_HALL, _TICKETS, _AS_OF, _SERIES = "queue", "queue_tickets", "queue_as_of", "local_numbers"


def keep(db: Database, hall: bytes, tickets: bytes, now: datetime) -> bool:
    """Keep what the platform said; whether any of it is new."""
    changed = (mirror.recall(db, _HALL), mirror.recall(db, _TICKETS)) != (hall.decode(), tickets.decode())
    for name, value in ((_HALL, hall.decode()), (_TICKETS, tickets.decode()), (_AS_OF, now.isoformat())):
        mirror.remember(db, name, value)
    return changed


def kept(db: Database) -> tuple[HallQueue, datetime] | None:
    """The queue, and when the platform said so."""
    hall, as_of = mirror.recall(db, _HALL), mirror.recall(db, _AS_OF)
    said = wire.hall_queue(hall.encode(), mirror.recall(db, _TICKETS).encode()) if hall and as_of else None
    return None if said is None else (said, datetime.fromisoformat(as_of))


def next_local_number(db: Database, terminal_id: str, today: date) -> str:
    """L, the last two figures of the terminal's id, a dash, and its number of the day.

    StoreError configuration-invalid where the id has no figures, and needs-network after the 999th of a day.
    """
    figures = re.findall(r"[0-9]+", terminal_id)
    if not figures:
        raise StoreError(FaultCode.CONFIGURATION_INVALID, {"reason": "terminal-without-number"})
    day, _, last = mirror.recall(db, _SERIES).partition(" ")
    number = int(last) + 1 if day == today.isoformat() else 1
    if number > 999:  # three figures is what the contract has room for
        raise StoreError(FaultCode.NEEDS_NETWORK, {"reason": "local-numbers-used-up"})
    mirror.remember(db, _SERIES, f"{today.isoformat()} {number}")
    return f"L{int(figures[-1]) % 100:02d}-{number:03d}"
