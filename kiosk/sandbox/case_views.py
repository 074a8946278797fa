"""A case as it leaves: whole for those who may know, masked for the rest."""

from typing import Any

import msgspec
import sqlalchemy as sa

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import case_parts
from kiosk.contracts.platform_api import cases as api_cases
from kiosk.domain.private import mask_name, mask_number, mask_phone
from kiosk.rules.working_time import INVOICE_MINUTES

from . import collection_slots, completeness, sight
from . import tables as t
from .call import Caller
from .casework import DEPARTMENTS
from .companies import company
from .material_chain import of_chain
from .moments import at, maybe
from .promise_clocks import PREPARATION, rows_of
from .transaction import Tx

_EDITABLE = ("DRAFT", "SIGNING")


def form_of(row: Any) -> api.Form:
    """The form as it is kept."""
    return msgspec.json.decode(row.form, type=api.Form)


def sees_all(tx: Tx, caller: Caller, row: Any) -> bool:
    """Whether the asker may see whose numbers are in a case: people on duty, the terminal where it was written, and a
    terminal at which one of its persons was verified and still is, or the applicant's code or its company's e-licence
    was shown."""
    if caller.on_duty or row.terminal_id == caller.terminal_id or sight.has(tx, caller.terminal_id, row.id):
        return True
    if row.uscc and _shown(tx, caller, row.uscc):
        return True
    verified, person = t.verification.c, t.case_person.c
    found = (
        sa.select(verified.id)
        .join(t.case_person, person.person == verified.person)
        .where(
            person.case_id == row.id, verified.terminal_id == caller.terminal_id, verified.result == "PASSED",
            verified.expires_at > tx.now, verified.revoked_at.is_(None),
        )
    )  # fmt: skip
    return tx.c.execute(found).first() is not None


def _shown(tx: Tx, caller: Caller, uscc: str) -> bool:
    column = t.company_sight.c
    mine = sa.and_(column.terminal_id == caller.terminal_id, column.uscc == uscc, column.expires_at > tx.now)
    return tx.c.execute(sa.select(column.id).where(mine)).first() is not None


def issues_of(tx: Tx, row: Any, form: api.Form) -> tuple[api.Issue, ...]:
    """What is missing in the form of this case."""
    return completeness.issues_of(form, at(tx.now).date(), company(tx, row.uscc) if row.kind == "phased" else None)


def whole(tx: Tx, row: Any, masked: bool) -> api.Case:
    """Everything of a case."""
    form = form_of(row)
    items = tx.c.execute(sa.select(t.item).where(t.item.c.case_id == row.id).order_by(t.item.c.item)).all()
    return api.Case(
        case_id=row.id, slip_code=row.slip_code, site_id=row.site_id, state=row.state, version=row.version,
        form=_mask(form) if masked else form, name_full=row.name_full or "", case_no=row.case_no, uscc=row.uscc or "",
        items=tuple(_item(one) for one in items), articles=articles_of(tx, row.id), timeline=lines_of(tx, row.id),
        submitted_at=maybe(row.submitted_at), accepted_at=maybe(row.accepted_at), due_at=maybe(row.due_at),
        open_handover=row.open_handover, pickup_window=row.pickup_window or "",
        refused_items=tuple(one.item for one in items if one.state == "REFUSED"),
        issues=issues_of(tx, row, form) if row.state in _EDITABLE else (), masked=masked, kind=row.kind,
        previous_case_id=row.previous_case_id, next_case_id=row.next_case_id, mailing=_mailing(tx, row.id, masked),
        materials=tuple(_material(one) for one in of_chain(tx, row)),
        collection=maybe(collection_slots.booked(tx, row)), proofs=() if masked else _proofs(tx, form),
    )  # fmt: skip


def _proofs(tx: Tx, form: api.Form) -> tuple[case_parts.PersonProof, ...]:
    column = t.verification.c
    ids = {one.verification_id: one.ref for one in form.people if one.verification_id is not None}
    passed = sa.and_(column.id.in_(ids), column.result == "PASSED", column.revoked_at.is_(None))
    named = sa.select(t.verification, t.staff.c.name).outerjoin(t.staff, t.staff.c.ref == column.by_ref).where(passed)
    found = {row.id: row for row in tx.c.execute(named)} if ids else {}
    return tuple(
        case_parts.PersonProof(
            ref, row.method, at(row.made_at), at(row.expires_at), row.name or "", row.by_ref or ""
        )
        for number, ref in ids.items() if (row := found.get(number)) is not None
    )  # fmt: skip


def _mailing(tx: Tx, case_id: str, masked: bool) -> api_cases.Mailing | None:
    column = t.mailing.c
    latest = sa.select(t.mailing).where(column.case_id == case_id).order_by(column.posted_at.desc()).limit(1)
    row = tx.c.execute(latest).first()
    if row is None:
        return None
    number = "" if masked else row.waybill  # whoever has the number can ask the post for the address
    return api_cases.Mailing(row.handover_id, row.state, at(row.posted_at), number, row.carrier, maybe(row.ended_at))


def _material(row: Any) -> case_parts.CaseMaterial:
    return case_parts.CaseMaterial(
        row.id, row.type, row.state, row.source, row.pages, row.version, at(row.captured_at)
    )


def line(row: Any) -> api.CaseLine:
    """A case in a list."""
    return api.CaseLine(
        case_id=row.id, slip_code=row.slip_code, state=row.state, version=row.version, name_full=row.name_full or "",
        case_no=row.case_no, submitted_at=maybe(row.submitted_at), accepted_at=maybe(row.accepted_at),
        due_at=maybe(row.due_at), open_handover=row.open_handover,
    )  # fmt: skip


def articles_of(tx: Tx, case_id: str, item: str | None = None) -> tuple[api.CaseArticle, ...]:
    """What is to be handed over, in the order of the bundle."""
    mine = sa.select(t.article).where(t.article.c.case_id == case_id).order_by(t.article.c.position)
    if item is not None:
        mine = mine.where(t.article.c.item == item)
    return tuple(
        api.CaseArticle(
            id=r.id, kind=r.kind, item=r.item, state=r.state, serial=r.serial or "", use=r.use, unit_id=r.unit_id,
            batch_id=r.batch_id, first_no=r.first_no, count=r.quantity or 1, place=r.place or "",
        )
        for r in tx.c.execute(mine)
    )  # fmt: skip


def lines_of(tx: Tx, case_id: str) -> tuple[api.TimelineLine, ...]:
    """Every change of state, in order."""
    rows = tx.c.execute(sa.select(t.timeline).where(t.timeline.c.case_id == case_id).order_by(t.timeline.c.id))
    return tuple(api.TimelineLine(moment, r.what, r.state, r.by) for r in rows if (moment := maybe(r.at)))


def item_answer(tx: Tx, case_id: str, row: Any) -> api.ItemAnswer:
    """One item with its things; paper invoices carry the sixty-minute promise."""
    sla = None
    for clock in rows_of(tx, case_id):
        if (clock.what, clock.kind) == (row.item, PREPARATION) and row.state in ("PREPARING", "PREPARED"):
            stands = clock.paused_at is not None or clock.stopped_at is not None
            sla = api.Sla(PREPARATION, INVOICE_MINUTES, clock.measure, stands)
    return api.ItemAnswer(
        item=row.item, state=row.state, version=row.version, department=DEPARTMENTS.get(row.item, ""), mode=row.mode,
        accepted_at=maybe(row.accepted_at), due_at=maybe(row.due_at), sla=sla,
        articles=articles_of(tx, case_id, row.item), reason_code=_reason(tx, case_id, row),
    )  # fmt: skip


def _reason(tx: Tx, case_id: str, row: Any) -> str:
    """Why an item pauses or was turned down."""
    if row.state not in ("SUSPENDED", "REFUSED", "RETURNED"):
        return ""
    column = t.decision.c
    last = sa.select(column.reason_code).where(column.case_id == case_id, column.item == row.item)
    return tx.c.execute(last.order_by(column.at.desc(), column.id.desc()).limit(1)).scalar() or ""


def _item(row: Any) -> api.CaseItem:
    return api.CaseItem(
        item=row.item, state=row.state, version=row.version, department=DEPARTMENTS.get(row.item, ""), mode=row.mode,
        accepted_at=maybe(row.accepted_at), due_at=maybe(row.due_at), changed_at=maybe(row.changed_at),
    )  # fmt: skip


def _mask(form: api.Form) -> api.Form:
    people = tuple(
        msgspec.structs.replace(
            one, name=mask_name(one.name), cert_no=mask_number(one.cert_no), phone=mask_phone(one.phone), address="",
            birth=None, verification_id=None, signature_blob=None, holding=None, authority=None,
        )
        for one in form.people
    )  # fmt: skip
    pickup = form.pickup
    if pickup is not None:
        pickup = msgspec.structs.replace(
            pickup, recipient=mask_name(pickup.recipient), phone=mask_phone(pickup.phone), address=""
        )
    fields = msgspec.structs.replace(
        form.fields, domicile_owner=mask_name(form.fields.domicile_owner),
        owner_phone=mask_phone(form.fields.owner_phone), contact_phone=mask_phone(form.fields.contact_phone),
        legal_doc_address="", e_mail="", e_fax="", e_messenger="",
    )  # fmt: skip
    individual = form.individual
    if individual is not None:
        family = tuple(
            msgspec.structs.replace(one, name=mask_name(one.name), cert_no=mask_number(one.cert_no))
            for one in individual.family
        )
        individual = msgspec.structs.replace(individual, family=family)
    return msgspec.structs.replace(form, fields=fields, people=people, pickup=pickup, individual=individual)
