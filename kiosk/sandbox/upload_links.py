"""One material from a phone: a QR code at the terminal, one upload, quarter of an hour."""

import hashlib
import secrets
from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import materials as wire

from . import contents, materials, reach
from . import tables as t
from .call import Call, Reply
from .casework import CaseWork
from .handling import Handlers, of_rows
from .identity import digest
from .material_chain import OVER
from .material_rules import rules
from .moments import MINUTE, at
from .platform import Platform
from .refusal import Refused, invalid
from .states import UPLOAD_LINK
from .transaction import Tx

GOOD_MS = 15 * MINUTE
LARGEST = 10 * 1024 * 1024


def create_upload_link(platform: Platform, call: Call, tx: Tx) -> Reply:
    """For one material of one case; the token is kept as a digest only."""
    asked = call.body(wire.CreateUploadLink)
    work = reach.open_case(tx, call.caller, call.path["case_id"])
    if asked.type not in rules().titles:
        raise invalid("/type", "not a known material")
    if work.state in OVER:
        raise Refused("too-late", state=work.state)
    token, until = secrets.token_urlsafe(32), tx.now + GOOD_MS
    row = {
        "id": asked.id, "token": digest(token), "case_id": work.id, "type": asked.type,
        "state": UPLOAD_LINK.initial, "made_at": tx.now, "expires_at": until, "by": call.caller.staff_ref,
        "terminal_id": call.caller.terminal_id,
    }  # fmt: skip
    if not platform.store.insert_new(tx.c, t.upload_link, row):
        raise Refused("id-taken")
    return Reply(201, wire.UploadLink(asked.id, f"/phone/upload/{token}", at(until)))


def get_upload_link(call: Call, tx: Tx) -> Reply:
    """For the terminal that shows the code."""
    row = tx.c.execute(sa.select(t.upload_link).where(t.upload_link.c.id == call.path["id"])).first()
    if row is None or row.terminal_id != call.caller.terminal_id:
        raise Refused("not-found")
    if call.caller.person:
        reach.look_at(tx, call.caller, row.case_id)
    state: Any = "EXPIRED" if row.state == "WAITING" and row.expires_at <= tx.now else row.state
    return Reply(200, wire.UploadLinkNow(row.id, state, row.type, at(row.expires_at), row.material_id))


def wanted(tx: Tx, token: str) -> Any:
    """The link behind a token, if it still waits for its upload."""
    row = tx.c.execute(sa.select(t.upload_link).where(t.upload_link.c.token == digest(token))).first()
    if row is None:
        raise Refused("not-found")
    if row.state != "WAITING":
        raise Refused("code-used")
    if row.expires_at <= tx.now:
        raise Refused("code-expired")
    return row


def receive(platform: Platform, tx: Tx, token: str, data: bytes) -> Any:
    """What the phone sent becomes a material of the case, if it is what it must be by its content. The link's row."""
    row = wanted(tx, token)
    if len(data) > LARGEST:
        raise Refused("too-large")
    media_type: Any = contents.media_type(data)
    if media_type is None:
        raise Refused("unsupported-media-type")
    work = CaseWork.open(tx, row.case_id)
    if work.state in OVER:
        raise Refused("too-late", state=work.state)
    material_id, sha256 = tx.new_id(), hashlib.sha256(data).hexdigest()
    column = t.upload_link.c
    used = sa.update(t.upload_link).where(column.id == row.id, column.state == row.state)
    state = UPLOAD_LINK.after(row.state, "receive")
    if tx.c.execute(used.values(state=state, material_id=material_id)).rowcount != 1:
        raise Refused("code-used")
    holder = f"phone-{row.id}"
    size = len(data)
    tx.c.execute(t.blob.insert().values(terminal_id=holder, sha256=sha256, length=size, received=size, whole=True))
    tx.c.execute(t.blob_piece.insert().values(terminal_id=holder, sha256=sha256, start=0, data=data))
    asked = wire.PutMaterial(row.type, sha256, "phone", at(tx.now), media_type, contents.pages(data))
    materials.add(platform, tx, work, material_id, asked, holder)
    tx.changed(work.row.site_id, "case", work.id, work.version)  # whoever waits at the terminal sees it come
    return row


HANDLERS: Handlers = {"createUploadLink": create_upload_link, "getUploadLink": of_rows(get_upload_link)}
