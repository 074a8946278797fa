"""Uploads in pieces, named by their content. A terminal learns only of its own, or hashes would betray others'."""

import hashlib
from collections.abc import Iterator
from functools import partial

import sqlalchemy as sa

from . import tables as t
from .call import Call, Reply
from .platform import Platform
from .refusal import Refused, invalid
from .transaction import Tx

LARGEST = 16 * 1024 * 1024


def head_blob(call: Call, tx: Tx) -> Reply:
    """200 when it is whole; else 404 with how far it has come."""
    row = _row(tx, call)
    if row is None or not row.whole:
        return Reply(404, None, headers={"Upload-Offset": str(0 if row is None else row.received)})
    return Reply(200, None, headers={"Upload-Offset": str(row.length)})


def patch_blob(platform: Platform, call: Call, tx: Tx) -> Reply:
    """The next piece. 204 with the new offset, 201 when it is whole and what its name says."""
    offset, length = int(call.headers["Upload-Offset"]), int(call.headers["Upload-Length"])
    if not 0 < length <= LARGEST or offset + len(call.raw) > length:
        raise Refused("too-large")
    mine = {"terminal_id": call.caller.terminal_id, "sha256": call.path["sha256"]}
    platform.store.insert_new(tx.c, t.blob, {**mine, "length": length, "received": 0, "whole": False})
    row = _row(tx, call)
    if row is None or row.length != length:
        raise invalid("/Upload-Length", "differs from the first piece")
    if row.whole:
        return Reply(201, None, headers={"Upload-Offset": str(length)})
    if row.received != offset or not call.raw:
        raise Refused("offset-mismatch", upload_offset=row.received)
    tx.c.execute(t.blob_piece.insert().values(**mine, start=offset, data=call.raw))
    received = offset + len(call.raw)
    if received == length:
        _check(tx, call)
    _update(tx, call, received, received == length)
    return Reply(201 if received == length else 204, None, headers={"Upload-Offset": str(received)})


def content(tx: Tx, call: Call, sha256: str) -> bytes | None:
    """What the asking terminal has uploaded whole under this name; None: nothing."""
    blob = t.blob.c
    whole = sa.and_(blob.terminal_id == call.caller.terminal_id, blob.sha256 == sha256, blob.whole.is_(True))
    if tx.c.execute(sa.select(blob.sha256).where(whole)).first() is None:
        return None
    return b"".join(_pieces(tx, call, sha256))


def _pieces(tx: Tx, call: Call, sha256: str) -> Iterator[bytes]:
    piece = t.blob_piece.c
    mine = sa.and_(piece.terminal_id == call.caller.terminal_id, piece.sha256 == sha256)
    for row in tx.c.execute(sa.select(piece.data).where(mine).order_by(piece.start)):
        yield row.data


def _check(tx: Tx, call: Call) -> None:
    digest = hashlib.sha256()
    for piece in _pieces(tx, call, call.path["sha256"]):
        digest.update(piece)
    if digest.hexdigest() != call.path["sha256"]:
        raise Refused("hash-mismatch", aftermath=partial(_forget, call=call))


def _forget(tx: Tx, call: Call) -> None:
    # Wrong content: the upload begins anew.
    for table in (t.blob_piece, t.blob):
        mine = sa.and_(table.c.terminal_id == call.caller.terminal_id, table.c.sha256 == call.path["sha256"])
        tx.c.execute(sa.delete(table).where(mine))


def _update(tx: Tx, call: Call, received: int, whole: bool) -> None:
    mine = sa.and_(t.blob.c.terminal_id == call.caller.terminal_id, t.blob.c.sha256 == call.path["sha256"])
    tx.c.execute(sa.update(t.blob).where(mine).values(received=received, whole=whole))


def _row(tx: Tx, call: Call) -> "sa.Row[tuple[str, ...]] | None":
    mine = sa.and_(t.blob.c.terminal_id == call.caller.terminal_id, t.blob.c.sha256 == call.path["sha256"])
    return tx.c.execute(sa.select(t.blob).where(mine)).first()
