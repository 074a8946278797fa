"""What a decision does to an item and its case, whoever makes it: a simulated department, or an approver on the wire.

The caller saves, and looks out afterwards: what was decided last may have been the last thing of all.
"""

from collections.abc import Sequence

import msgspec
import sqlalchemy as sa

from kiosk.contracts import platform_api as api

from . import bank_slots, notices, office_book, states
from . import tables as t
from .case_views import form_of
from .casework import CaseWork
from .credit_codes import credit_code
from .individuals import is_individual
from .jobs import BY, schedule
from .notifications import tell
from .platform import Platform
from .preparing import note_step, plan, start
from .transaction import Tx

SEALS = ("seal_company", "seal_finance", "seal_invoice", "seal_legal_rep", "seal_contract")
_FREE_SET = SEALS[:4]  # for whoever wished for nothing else
_ON_PAPER = ("004", "007", "025")  # all others are made with the device, or without anything
_FINISHED_SEAL = ("PREPARED", "COLLECTED")


def approve(platform: Platform, work: CaseWork, item: str, due: int, by: str = BY, mode: str | None = None) -> None:
    """Granted. ``due`` is the moment from which what follows is reckoned."""
    if item == "BANK" and not bank_slots.confirm(work.tx, work.id):
        refuse(work, item, "hour_taken", by)
        return
    _note(work, item, "approve", by)
    work.move_item(item, "approve", BY)
    if item == "SETUP":
        _register(platform, work, due)
    elif item == "SEAL":
        wished = form_of(work.row).seal_plan
        uses = [use for use in SEALS if use in (wished.uses if wished and wished.uses else _FREE_SET)]
        plan(work, "SEAL", 100, [("seal", use) for use in uses])
        work.move_item("SEAL", "prepare", BY)
        schedule(platform, work.tx, work.id, "engrave", due)
    elif item == "INVOICE":
        _invoices(platform, work, due, by, mode or work.items["INVOICE"].mode or "DEVICE")
    else:
        work.move_item(item, "done", BY)


def refuse(work: CaseWork, item: str, reason_code: str, by: str = BY) -> None:
    """Refused. SETUP ends the case; any other item is listed as refused, and the rest goes on."""
    _note(work, item, "refuse", by, reason_code)
    work.move_item(item, "refuse", BY)
    if item == "BANK":
        bank_slots.decline(work.tx, work.id)
    if item == "SETUP":
        work.move("refuse", BY)
        _cancel_pending(work)
        tell(work.tx, work.id, "refused")
        return
    if item == "SEAL" and work.item_states.get("INVOICE") == "PENDING":
        work.move_item("INVOICE", "cancel", BY)  # without an impression there are no paper invoices
    tell(work.tx, work.id, "item_refused")


def correct(
    work: CaseWork, item: str, reason_code: str, requirements: Sequence[api.Requirement], by: str = BY
) -> int | None:
    """Something is missing. SETUP goes back with the one-time notice, which ends this acceptance (另行受理); its
    number is returned. Any other item only pauses."""
    if item != "SETUP":
        suspend(work, item, reason_code, by, requirements, decision="correction")
        return None
    _note(work, item, "correction", by, reason_code, requirements)
    number = notices.give_from_department(work.tx, work, by, requirements)
    work.move_item("SETUP", "return", BY)
    work.move("return", BY)
    _cancel_pending(work)
    tell(work.tx, work.id, "correction")
    return number


def suspend(
    work: CaseWork, item: str, reason_code: str, by: str = BY, requirements: Sequence[api.Requirement] = (),
    decision: str = "suspend",
) -> None:  # fmt: skip
    """挂起: the item's clock pauses; with SETUP the whole case pauses."""
    _note(work, item, decision, by, reason_code, requirements)
    work.because(reason_code)
    work.move_item(item, "suspend", BY)
    if item == "SETUP":
        work.move("suspend", BY)
    tell(work.tx, work.id, "item_suspended")


def resume(platform: Platform, work: CaseWork, item: str, due: int, by: str = BY) -> None:
    """The pause is over; the department will decide now."""
    _note(work, item, "resume", by)
    work.move_item(item, "resume", BY)
    if item == "SETUP":
        work.move("resume", BY)
    schedule(platform, work.tx, work.id, f"decide:{item}:resumed", due)


def start_later_items(platform: Platform, work: CaseWork, due: int) -> None:
    """Every pending item at once, each as soon as its needs are met: paper invoices wait for the seals."""
    pending = [name for name, state in work.item_states.items() if state == "PENDING"]
    for name in (one for one in pending if one != "INVOICE"):
        start(platform, work, name, due)
    if "INVOICE" in pending:
        digital = "digital" in office_book.rules(work.tx, "tax", work.row.name_full)
        work.set_item("INVOICE", mode="DIGITAL" if digital else "DEVICE")
        if digital or work.item_states.get("SEAL", "PREPARED") in _FINISHED_SEAL:
            start(platform, work, "INVOICE", due)


def look_out(work: CaseWork) -> None:
    """Whatever was done last may have been the last thing of all."""
    if work.state not in ("APPROVED", "PREPARING"):
        return
    count = sa.select(sa.func.count()).select_from(t.article).where(t.article.c.case_id == work.id)
    event = states.outlook(work.item_states.values(), work.tx.c.execute(count).scalar_one() > 0)
    if event is not None:
        work.move(event, "system")
        if event == "all_prepared":
            tell(work.tx, work.id, "ready")


def shelf(tx: Tx) -> str:
    """The next free place in the store for a bundle."""
    number = tx.next_number("shelf")
    return f"{'ABCD'[number // 24 % 4]}-{number % 24 + 1:02d}"


def _register(platform: Platform, work: CaseWork, due: int) -> None:
    tx = work.tx
    site = tx.c.execute(sa.select(t.site).where(t.site.c.id == work.row.site_id)).one()
    form = form_of(work.row)
    code = credit_code(site.division, tx.next_number("uscc"), individual=is_individual(form))
    work.set(uscc=code, place=shelf(tx), pickup_window=site.pickup_window)
    work.move("approve", BY)
    copies = form.fields.licence_copies
    plan(work, "SETUP", 0, [("licence_original", None), *[("licence_copy", None)] * copies])
    work.move_item("SETUP", "prepare", BY)
    work.move("prepare", BY)
    schedule(platform, tx, work.id, "licence", due)
    start_later_items(platform, work, due)
    tell(tx, work.id, "approved")


def _invoices(platform: Platform, work: CaseWork, due: int, by: str, mode: str) -> None:
    work.set_item("INVOICE", mode=mode)
    if mode == "DIGITAL":
        work.move_item("INVOICE", "done", BY)
        return
    for step in ("binding", "invoice_kinds"):
        note_step(platform, work, step, by)
    wished = form_of(work.row).invoice
    kinds = {one.kind for one in wished.requests} if wished else set()
    paper = not kinds or not kinds.isdisjoint(_ON_PAPER)
    plan(work, "INVOICE", 200, [*([("invoice_volume", None)] if paper else []), ("tax_device", None)])
    work.move_item("INVOICE", "prepare", BY)
    schedule(platform, work.tx, work.id, "volumes", due)
    schedule(platform, work.tx, work.id, "device", due)


def _cancel_pending(work: CaseWork) -> None:
    for name in [n for n, state in work.item_states.items() if state == "PENDING"]:
        work.move_item(name, "cancel", BY)


def _note(
    work: CaseWork, item: str, decision: str, by: str, reason_code: str = "",
    requirements: Sequence[api.Requirement] = (),
) -> None:  # fmt: skip
    work.tx.c.execute(
        t.decision.insert().values(
            id=work.tx.new_id(), case_id=work.id, item=item, decision=decision, reason_code=reason_code, by=by,
            at=work.tx.now, requirements=msgspec.json.encode(requirements),
        )
    )  # fmt: skip
