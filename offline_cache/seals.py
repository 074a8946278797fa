"""Seals over the audit trail: a block of entries that was checked once is known again by a single keyed digest.

A check of the whole trail would else take in every entry for itself, a million of them on the day on which an auditor
stands beside the terminal. A seal is made in the transaction that wrote the last entry of its block, and only over
entries that hold together. It covers number, digest and body of each and the digest of the entry before them, so
that a block which fits its seal is byte for byte the one that was checked. Where there is none, or it does not fit,
the entries of the block are checked one by one, and say themselves which of them is wrong.
"""

import hmac

from kiosk.audit import GENESIS, check, seal

from .driver import Database

BLOCK = 1000  # entries under one seal
_LINES = """SELECT count(*), CAST(group_concat(seq || ':' || digest || ':' || CAST(body AS TEXT), char(10)) AS BLOB)
FROM (SELECT seq, digest, body FROM audit WHERE seq > ? AND seq <= ? ORDER BY seq)"""


def put(db: Database, key: bytes, last: int) -> None:
    """Seal the block that ends with ``last``; nothing where none ends, or where it does not hold together."""
    if last % BLOCK:
        return
    after = last - BLOCK
    before = db.execute("SELECT digest FROM audit WHERE seq = ?", [after]).fetchone()
    previous = str(before[0]) if before else GENESIS
    rows = db.execute("SELECT seq, body, digest FROM audit WHERE seq > ? AND seq <= ? ORDER BY seq", [after, last])
    if check(key, rows, None, (after, previous))[::2] == (last, False):
        _, lines = db.execute(_LINES, [after, last]).fetchone()
        db.execute("INSERT INTO audit_seals VALUES (?, ?)", [last, seal(key, previous, last, lines)])


def kept(db: Database) -> bool:
    """Whether this store knows seals; one that an older program wrote does not."""
    return db.execute("SELECT 1 FROM sqlite_master WHERE name = 'audit_seals'").fetchone() is not None


def known(db: Database, key: bytes, start: tuple[int, str], last: int) -> bytes | None:
    """The lines ``number:digest:body`` of the block behind ``start`` (number and digest) up to ``last``, if they are
    the very ones that were sealed."""
    if last - start[0] != BLOCK or last % BLOCK:
        return None
    sealed = db.execute("SELECT seal FROM audit_seals WHERE last = ?", [last]).fetchone()
    if sealed is None:
        return None
    count, lines = db.execute(_LINES, [start[0], last]).fetchone()
    if count != BLOCK or not hmac.compare_digest(str(sealed[0]).encode(), seal(key, start[1], last, lines).encode()):
        return None
    return bytes(lines)


def last_digest(lines: bytes) -> str:
    """Of the last entry of a block."""
    return lines[lines.rfind(b"\n") + 1 :].split(b":", 2)[1].decode()


def has(lines: bytes, head: str) -> bool:
    """Whether an entry of the block has this digest, given whole or by its beginning."""
    wanted = head.encode()
    if b":" + wanted not in lines:  # nearly always, and far faster than a look at each
        return False
    return any(line.split(b":", 2)[1].startswith(wanted) for line in lines.split(b"\n"))
