"""The picture of one page of a material, for the clerk who compares it with what was filled in.

A photograph is its one page. Of a PDF that a terminal bound, each page is the photograph that was put into it; a PDF
of another make has no picture here, and is told so.
"""

import re
from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import materials as wire

from . import reach
from . import tables as t
from .call import Call, Reply
from .handling import Handlers, of_rows
from .predecessors import chain_of
from .refusal import Refused
from .transaction import Tx

_PHOTOGRAPH = re.compile(rb"/DCTDecode.*?stream\r?\n(\xff\xd8\xff.*?)\r?\nendstream", re.DOTALL)


def get_material_page(call: Call, tx: Tx) -> Reply:
    """Of this case or of one that it goes on from."""
    work = reach.look_at(tx, call.caller, call.path["case_id"])
    row = tx.c.execute(sa.select(t.material).where(t.material.c.id == call.path["id"])).first()
    number = int(call.path["no"])
    if row is None or row.case_id not in chain_of(tx, work.id):
        raise Refused("not-found")
    pictures = _pictures(tx, row)
    if not pictures:
        raise Refused("wrong-state")
    if number > len(pictures):
        raise Refused("not-found")
    return Reply(200, wire.MaterialPage(row.id, number, len(pictures), *pictures[number - 1]))


def _pictures(tx: Tx, row: Any) -> list[tuple[wire.PictureType, bytes]]:
    """Each page that there is a picture of."""
    data = _content(tx, row)
    if row.media_type == "application/pdf":
        return [("image/jpeg", one) for one in _PHOTOGRAPH.findall(data)]
    return [("image/png" if row.media_type == "image/png" else "image/jpeg", data)] if data else []


def _content(tx: Tx, row: Any) -> bytes:
    piece = t.blob_piece.c
    mine = sa.and_(piece.terminal_id == row.holder, piece.sha256 == row.sha256)
    return b"".join(tx.c.execute(sa.select(piece.data).where(mine).order_by(piece.start)).scalars())


HANDLERS: Handlers = {"getMaterialPage": of_rows(get_material_page)}
