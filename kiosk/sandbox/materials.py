"""Materials of a case (R69–R71): one file, many items, carried along from the case before."""

from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import materials as wire

from . import case_views, material_requests, reach
from . import tables as t
from .call import Call, Reply
from .casework import CaseWork
from .handling import Handlers, of_rows
from .material_chain import OVER, of_chain
from .material_rules import rules
from .moments import at, maybe, told_ms
from .platform import Platform
from .predecessors import chain_of
from .refusal import Refused, invalid
from .states import MATERIAL
from .transaction import Tx


def put_material(platform: Platform, call: Call, tx: Tx) -> Reply:
    """Keep it, or replace one that is not recognised yet. The same once more is answered as before."""
    asked, material_id = call.body(wire.PutMaterial), call.path["id"]
    work = reach.open_case(tx, call.caller, call.path["case_id"])
    if asked.type not in rules().titles:
        raise invalid("/type", "not a known material")
    row = _row(tx, material_id)
    if row is not None and row.case_id != work.id:
        raise Refused("id-taken")
    if row is not None and call.if_match is None:
        if _same(row, asked):
            return Reply(200, told(row), f"v{row.version}")
        raise Refused("version-mismatch", etag=f"v{row.version}")
    if row is None and call.if_match is not None:
        raise Refused("not-found")
    if work.state in OVER:
        raise Refused("too-late", state=work.state)
    holder = _holder(tx, call, work, asked)
    if row is None:
        row = add(platform, tx, work, material_id, asked, holder)
        return Reply(201, told(row), f"v{row.version}")
    call.expect(row.version)
    return _replace(tx, work, row, asked, holder)


def add(platform: Platform, tx: Tx, work: CaseWork, material_id: str, asked: wire.PutMaterial, holder: str) -> Any:
    """A new material of the case; a demand for it is met by that."""
    values = {"id": material_id, "case_id": work.id, "state": MATERIAL.initial, "version": 1, "made_at": tx.now}
    if not platform.store.insert_new(tx.c, t.material, {**values, **_values(tx, asked, holder)}):
        raise Refused("id-taken")
    material_requests.received(tx, work.id, asked.type)
    tx.changed(work.row.site_id, "material", material_id, 1)
    return _row(tx, material_id)


def _replace(tx: Tx, work: CaseWork, row: Any, asked: wire.PutMaterial, holder: str) -> Reply:
    state = MATERIAL.after(row.state, "replace")
    if state is None:
        raise Refused("too-late", state=row.state)
    version = row.version + 1
    cleared = {"recognised_at": None, "recognised_by": None, "reason": None}
    _update(tx, row, state=state, version=version, **cleared, **_values(tx, asked, holder))
    material_requests.received(tx, work.id, asked.type)
    tx.changed(work.row.site_id, "material", row.id, version)
    return Reply(200, told(_row(tx, row.id)), f"v{version}")


def _values(tx: Tx, asked: wire.PutMaterial, holder: str) -> dict[str, Any]:
    return {
        "type": asked.type, "sha256": asked.blob_sha256, "holder": holder, "media_type": asked.media_type,
        "pages": asked.pages, "source": asked.source, "captured_at": told_ms(asked.captured_at, tx.now),
    }  # fmt: skip


def _same(row: Any, asked: wire.PutMaterial) -> bool:
    return (row.type, row.sha256, row.media_type, row.pages, row.source) == (
        asked.type, asked.blob_sha256, asked.media_type, asked.pages, asked.source,
    )  # fmt: skip


def _holder(tx: Tx, call: Call, work: CaseWork, asked: wire.PutMaterial) -> str:
    """Under whose uploads the content lies: this terminal's, or what the case or the library has already. Nobody
    learns here of anybody else's."""
    blob, held = t.blob.c, t.material.c
    mine = sa.and_(blob.terminal_id == call.caller.terminal_id, blob.sha256 == asked.blob_sha256)
    if tx.c.execute(sa.select(blob.sha256).where(mine, blob.whole.is_(True))).first() is not None:
        return call.caller.terminal_id
    of_case = sa.and_(held.sha256 == asked.blob_sha256, held.case_id.in_(chain_of(tx, work.id)))
    holder: str | None = tx.c.execute(sa.select(held.holder).where(of_case)).scalar()
    if holder is None and asked.source == "e_cert_library":
        document = t.library_document.c
        company = sa.and_(document.uscc == (work.row.uscc or "-"), document.sha256 == asked.blob_sha256)
        holder = "library" if tx.c.execute(sa.select(document.id).where(company)).first() is not None else None
    if holder is None:
        raise Refused("blob-missing")
    return holder


def list_materials(call: Call, tx: Tx) -> Reply:
    """What there is, for which items it serves, and what is still missing."""
    work = reach.look_at(tx, call.caller, call.path["case_id"])
    rows = list(of_chain(tx, work.row))
    held = [row.type for row in rows if row.state != "REJECTED"]
    missing = rules().missing(case_views.form_of(work.row).items, held)
    titles = rules().titles
    answer = wire.Materials(
        work.id,
        tuple(told(row, work.id) for row in rows),
        tuple(wire.MissingMaterial(kind, titles[kind], item) for kind, item in missing),
    )
    return Reply(200, answer)


def recognise_material(call: Call, tx: Tx) -> Reply:
    """The clerk has looked: what fits is never asked for again."""
    asked = call.body(wire.Recognition)
    work = reach.open_case(tx, call.caller, call.path["case_id"])
    row = _row(tx, call.path["id"])
    if row is None or row.case_id not in chain_of(tx, work.id):
        raise Refused("not-found")
    call.expect(row.version)
    if asked.result == "does_not_fit" and not asked.reason:
        raise invalid("/reason", "required")
    state = MATERIAL.after(row.state, asked.result)
    if state is None:
        raise Refused("too-late", state=row.state)
    version = row.version + 1
    by = {"recognised_at": tx.now, "recognised_by": call.caller.staff_ref, "reason": asked.reason}
    _update(tx, row, state=state, version=version, **by)
    tx.changed(work.row.site_id, "material", row.id, version)
    return Reply(200, told(_row(tx, row.id), work.id), f"v{version}")


def told(row: Any, asked_for: str | None = None) -> wire.Material:
    """A material on the wire."""
    known = rules()
    return wire.Material(
        id=row.id, case_id=row.case_id if asked_for is None else asked_for, type=row.type,
        title=known.titles.get(row.type, row.type), state=row.state, version=row.version, blob_sha256=row.sha256,
        media_type=row.media_type, pages=row.pages, source=row.source, captured_at=at(row.captured_at),
        usable_by=() if row.state == "REJECTED" else known.usable_by(row.type),
        carried_from=row.case_id if asked_for is not None and row.case_id != asked_for else None,
        recognised_at=maybe(row.recognised_at), reason=row.reason or "",
    )  # fmt: skip


def _row(tx: Tx, material_id: str) -> Any:
    return tx.c.execute(sa.select(t.material).where(t.material.c.id == material_id)).first()


def _update(tx: Tx, row: Any, **values: Any) -> None:
    column = t.material.c
    mine = sa.update(t.material).where(column.id == row.id, column.version == row.version)
    if tx.c.execute(mine.values(**values)).rowcount != 1:
        raise Refused("version-mismatch")


HANDLERS: Handlers = {
    "putMaterial": put_material,
    "listMaterials": of_rows(list_materials),
    "recogniseMaterial": of_rows(recognise_material),
}
