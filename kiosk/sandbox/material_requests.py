"""Asking for a material, and the hard rule before it (R71): what is held and recognised is not asked for again."""

from collections.abc import Iterable
from functools import partial
from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import cases as case_wire
from kiosk.contracts.platform_api import materials as wire

from . import departments, held_materials, reach
from . import tables as t
from .call import Call, Reply
from .handling import Handlers
from .material_chain import OVER
from .material_rules import rules
from .moments import at
from .platform import Platform
from .refusal import Refused, invalid
from .states import MATERIAL_REQUEST
from .transaction import Tx


def ask_material(platform: Platform, call: Call, tx: Tx) -> Reply:
    """One open demand per material; to ask for it once more is to be told of the one that stands."""
    asked = call.body(wire.AskMaterial)
    work = reach.open_case(tx, call.caller, call.path["case_id"])
    if asked.type not in rules().titles:
        raise invalid("/type", "not a known material")
    if asked.item not in rules().items:
        raise invalid("/item", "not a known item")
    if work.state in OVER:
        raise Refused("too-late", state=work.state)
    _refuse_held(platform, call, tx, work.row, ((asked.type, asked.item),))
    column = t.material_request.c
    stands = sa.and_(column.case_id == work.id, column.type == asked.type, column.state == "OPEN")
    row = tx.c.execute(sa.select(t.material_request).where(stands)).first()
    if row is None:
        request_id = tx.new_id()
        tx.c.execute(
            t.material_request.insert().values(
                id=request_id, case_id=work.id, type=asked.type, item=asked.item, text=asked.text,
                basis=asked.basis, state=MATERIAL_REQUEST.initial, by=call.caller.staff_ref, at=tx.now,
            )
        )  # fmt: skip
        row = tx.c.execute(sa.select(t.material_request).where(column.id == request_id)).one()
        departments.tell(tx, work.id, "material_requested")
        tx.changed(work.row.site_id, "material", request_id, 1)
    return Reply(201, wire.MaterialRequest(row.id, row.case_id, row.type, row.item, row.state, at(row.at)))


def received(tx: Tx, case_id: str, kind: str) -> None:
    """Something came in: the demands it meets are met."""
    column = t.material_request.c
    opened = sa.and_(column.case_id == case_id, column.state == "OPEN")
    for row in tx.c.execute(sa.select(t.material_request).where(opened)).all():
        if rules().satisfies(kind, row.type):
            met = sa.update(t.material_request).where(column.id == row.id)
            tx.c.execute(met.values(state=MATERIAL_REQUEST.after(row.state, "receive")))


def refuse_held(
    platform: Platform, call: Call, tx: Tx, row: Any, requirements: Iterable[case_wire.Requirement]
) -> None:
    """The same rule for the one-time notice: none of its requirements may be a material that is held."""
    wanted = [(rules().type_of_requirement(one.code), one.item) for one in requirements]
    _refuse_held(platform, call, tx, row, [(kind, item) for kind, item in wanted if kind is not None])


def _refuse_held(platform: Platform, call: Call, tx: Tx, row: Any, wanted: Iterable[tuple[str, str]]) -> None:
    for kind, item in wanted:
        held = held_materials.held_for(tx, row, kind)
        if held is not None:
            attempt = {
                "id": f"{call.caller.terminal_id}:{call.key}"[:80], "site_id": row.site_id, "case_id": row.id,
                "item": item, "type": kind, "by": call.caller.staff_ref, "material_id": held, "at": tx.now,
            }  # fmt: skip
            raise Refused(
                "material-already-held", aftermath=partial(_count, platform, attempt=attempt), material_id=held,
                type=kind,
            )  # fmt: skip


def _count(platform: Platform, tx: Tx, attempt: dict[str, Any]) -> None:
    # An attempt that is sent again by the network is the same attempt.
    platform.store.insert_new(tx.c, t.duplicate_demand, attempt)


HANDLERS: Handlers = {"askMaterial": ask_material}
