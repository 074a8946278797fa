"""The whole audit chain of a store, checked from the command line: a long one by every processor of the machine.

Parts are checked side by side, each from the digest that the entry before it has in the store; they hold together
only where the part before has come to that very digest.
"""

import multiprocessing
import os
import threading
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from multiprocessing.context import BaseContext
from pathlib import Path

from kiosk.audit import GENESIS, Checked

from . import database, driver, journal, keys
from .errors import StoreError
from .journal import AuditReport
from .seals import BLOCK

ALONE = 100_000  # as many entries are checked before another process would have begun


@dataclass(frozen=True, slots=True)
class _Part:
    """The entries behind ``after`` up to ``last``; ``digest``: that of the entry ``after``."""

    after: int
    digest: str
    last: int


def verify(path: Path, key_source: str, known_head: str | None = None, alone: int = ALONE) -> AuditReport:
    """Check every link, also beside a running terminal. ``known_head``: a head from the platform or a receipt (whole,
    or its beginning); only with it a cut tail is found.

    StoreError: as for opening the store.
    """
    found = database.open_beside(path, key_source)
    try:
        with driver.our_errors():
            key = keys.derived(keys.store_key(key_source, path), "audit")
            entries, head = journal.head(found)
            context = _forking()
            count = 1 if context is None else min(_processors(), entries // max(1, alone))
            parts = () if count < 2 else _parts(found, entries, count)
            if not parts:
                return journal.verify(found, key, known_head)
    finally:
        found.conn.close()  # no process that is made from here on may have it
    assert context is not None
    with context.Pool(len(parts)) as pool:
        checked = pool.map(partial(_check, path, key_source, key, known_head), parts, chunksize=1)
    if None not in checked:
        return AuditReport(entries, head, _first_break(parts, [one for one in checked if one is not None]))
    return verify(
        path, key_source, known_head, entries + 1
    )  # a part could not be read: whoever reads all can say why


def _forking() -> BaseContext | None:
    """Only where a process is made in no time, and only of a program without other threads, which it would miss."""
    if threading.active_count() > 1 or "fork" not in multiprocessing.get_all_start_methods():
        return None
    return multiprocessing.get_context("fork")


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _parts(db: driver.Database, entries: int, count: int) -> tuple[_Part, ...]:
    """Of one size, and where it can be between two seals; none where an entry between two of them is missing, which
    is for one alone to find."""
    cuts = [entries * number // count for number in range(count + 1)]
    if entries >= count * BLOCK:
        cuts[1:-1] = [cut - cut % BLOCK for cut in cuts[1:-1]]
    rows = [db.execute("SELECT digest FROM audit WHERE seq = ?", [cut]).fetchone() for cut in cuts[1:-1]]
    if None in rows:
        return ()
    digests = [GENESIS, *(str(row[0]) for row in rows)]
    return tuple(_Part(after, digest, last) for (after, last), digest in zip(pairwise(cuts), digests, strict=True))


def _check(path: Path, key_source: str, key: bytes, known_head: str | None, part: _Part) -> Checked | None:
    """In a process of its own; None: it could not be read."""
    try:
        db = database.open_beside(path, key_source)
        try:
            return journal.check(db, key, known_head, (part.after, part.digest), part.last)
        finally:
            db.conn.close()
    except (StoreError, driver.DriverError):
        return None


def _first_break(parts: tuple[_Part, ...], checked: list[Checked]) -> int | None:
    for number, (part, found) in enumerate(zip(parts, checked, strict=True)):
        follows = number + 1 == len(parts) or found.digest == parts[number + 1].digest
        if found.broken or found.last != part.last:
            return found.last + 1
        if not follows:
            return part.last
    return None if any(found.seen for found in checked) else parts[-1].last + 1
