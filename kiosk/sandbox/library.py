"""The simulated library of electronic certificates for one case (R70): what it has of the case's persons, of
companies among them and of the company itself; how a paper of it comes into the case, with its holder's consent.

What is out of date or under another name is told and not given: nobody is to wonder why it must be brought.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import library as wire

from . import case_views, material_requests, reach
from . import tables as t
from .call import Call, Reply
from .casework import CaseWork
from .handling import Handlers, of_rows
from .held_materials import LIBRARY
from .material_chain import OVER, of_chain
from .material_rules import rules
from .materials import told
from .moments import DAY, at, maybe, ms_of
from .refusal import Refused
from .states import MATERIAL
from .transaction import Tx

_SAID_TODAY = DAY  # a consent is given before the clerk, not years ago
_SLACK = 60_000  # between two clocks


def find_in_library(call: Call, tx: Tx) -> Reply:
    """Everything, good or not."""
    work = reach.look_at(tx, call.caller, call.path["case_id"])
    return Reply(200, wire.LibraryFound(work.id, tuple(_told(tx, work, *one) for one in _papers(tx, work))))


def use_library_paper(call: Call, tx: Tx) -> Reply:
    """It is recognised by that: whoever issued it vouches for it."""
    asked = call.body(wire.UseLibraryPaper)
    work = reach.open_case(tx, call.caller, call.path["case_id"])
    found = next(((row, ref) for row, ref in _papers(tx, work) if row.id == call.path["id"]), None)
    if found is None:
        raise Refused("not-found")
    if work.state in OVER:
        raise Refused("too-late", state=work.state)
    row, ref = found
    why = _why_not(tx, work, row, ref)
    if why:
        raise Refused("material-already-held" if why == "held" else "wrong-state")
    agreed = ms_of(asked.consented_at)
    if not tx.now - _SAID_TODAY <= agreed <= tx.now + _SLACK:
        raise Refused("consent-required")
    new = tx.new_id()
    tx.c.execute(
        t.material.insert().values(
            id=new, case_id=work.id, state=MATERIAL.after(MATERIAL.initial, "fits"), version=1, made_at=tx.now,
            type=row.type, sha256=row.sha256, holder=LIBRARY, media_type="application/pdf", pages=1,
            source="e_cert_library", captured_at=row.issued_at, recognised_at=tx.now,
            recognised_by=call.caller.staff_ref, reason="", consented_at=agreed,
        )
    )  # fmt: skip
    material_requests.received(tx, work.id, row.type)
    tx.changed(work.row.site_id, "material", new, 1)
    made = tx.c.execute(sa.select(t.material).where(t.material.c.id == new)).one()
    return Reply(201, told(made), "v1")


def _papers(tx: Tx, work: CaseWork) -> Iterator[tuple[Any, str]]:
    """Each with the person of the case whose it is; the company's own with none."""
    column = t.library_document.c
    holders = {one.cert_no: one.ref for one in _people(work) if one.cert_no}
    numbers = [*holders, *([work.row.uscc] if work.row.uscc else [])]
    mine = sa.or_(column.cert_no.in_(numbers), column.uscc.in_(numbers))
    for row in tx.c.execute(sa.select(t.library_document).where(mine).order_by(column.id)).all():
        yield row, holders.get(row.cert_no or row.uscc, "")


def _people(work: CaseWork) -> tuple[api.PersonForm, ...]:
    return case_views.form_of(work.row).people


def _why_not(tx: Tx, work: CaseWork, row: Any, ref: str) -> wire.WhyNotCode:
    person = next((one for one in _people(work) if one.ref == ref), None)
    if row.valid_until is not None and row.valid_until <= tx.now:
        return "expired"
    if person is not None and row.holder_name and row.holder_name != person.name:
        return "other_name"
    held = (one.sha256 for one in of_chain(tx, work.row) if one.state != "REJECTED")
    return "held" if row.sha256 in held else ""


def _told(tx: Tx, work: CaseWork, row: Any, ref: str) -> wire.LibraryPaper:
    return wire.LibraryPaper(
        row.id, row.type, rules().titles.get(row.type, row.type), row.issuer, at(row.issued_at),
        maybe(row.valid_until), ref, row.about or "", tuple(sorted(rules().stands_for.get(row.type, {row.type}))),
        _why_not(tx, work, row, ref),
    )  # fmt: skip


HANDLERS: Handlers = {
    "findInLibrary": of_rows(find_in_library),
    "useLibraryPaper": of_rows(use_library_paper),
}
