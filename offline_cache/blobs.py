"""Signatures and scans: kept inside the encrypted store until the platform has them, addressed by their content."""

import hashlib
import json
from collections.abc import Collection
from datetime import datetime

from kiosk.domain.ids import BlobId

from .driver import Database


def keep(db: Database, data: bytes, kind: str, now: datetime) -> BlobId:
    """Keep the bytes; the same bytes are kept once."""
    blob_id = BlobId(hashlib.sha256(data).hexdigest())
    db.execute(
        "INSERT INTO blobs VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING", [blob_id, kind, data, now.isoformat()]
    )
    return blob_id


def data(db: Database, blob_id: str) -> bytes | None:
    """The bytes, as long as the platform does not have them."""
    row = db.execute("SELECT data FROM blobs WHERE id = ?", [blob_id]).fetchone()
    return None if row is None else bytes(row[0])


def any_kept(db: Database, blob_ids: Collection[str]) -> bool:
    """Whether one of them is still here: the platform does not have it."""
    if not blob_ids:
        return False
    found = "SELECT 1 FROM blobs WHERE id IN (SELECT value FROM json_each(?)) LIMIT 1"
    return db.execute(found, [json.dumps(list(blob_ids))]).fetchone() is not None


def drop(db: Database, blob_id: str) -> None:
    """The platform has it."""
    db.execute("DELETE FROM blobs WHERE id = ?", [blob_id])


def total(db: Database) -> int:
    """Bytes kept."""
    return int(db.execute("SELECT coalesce(sum(length(data)), 0) FROM blobs").fetchone()[0])
