"""What each simulated department does when its time has come.

accept → 市监 decides (credit code) → 公安 seals, 人社 and the rest in parallel; paper invoices wait for the seal's
impression → everything laid ready → READY. The rules by which a case goes another way are data: see OUTCOMES.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from . import bank_slots, custody, states
from . import tables as t
from .case_views import form_of
from .casework import CaseWork
from .companies import DIGITAL
from .credit_codes import credit_code
from .custody import Mover
from .platform import Platform
from .promises import INVOICE_MINUTES, after_working_minutes
from .transaction import Tx

# A word in the company's name → what happens: how a training case is made to go another way.
OUTCOMES = {"不予": "refuse", "挂起": "suspend", DIGITAL: "digital"}

SEALS = ("seal_company", "seal_finance", "seal_invoice", "seal_legal_rep")
VOLUME_COUNT = 25
_AUTOMATIC = ("SOCIAL", "FUND", "BANK")
_OUT_OF_STOCK_MS = 60_000
_BY = "department"


@dataclass(frozen=True, slots=True)
class Task:
    """One job in hand. ``due`` is when it should have run: what follows is reckoned from there, late or not."""

    platform: Platform
    work: CaseWork
    due: int
    rest: str  # what the job is about, behind the colon of its kind


def begin(platform: Platform, work: CaseWork) -> None:
    """A case was accepted: the first job, or at once all that a company's later items need."""
    if work.row.kind == "phased":
        begin_phased(platform, work)
    else:
        schedule(platform, work.tx, work.id, "take_up", platform.clock.office())


def begin_phased(platform: Platform, work: CaseWork) -> None:
    """Later items of a company that is there: nobody decides about it again, its items begin at once (分时办理)."""
    site = work.tx.c.execute(sa.select(t.site).where(t.site.c.id == work.row.site_id)).one()
    work.set(place=_shelf(work.tx), pickup_window=site.pickup_window)
    work.move("start_phased", "system")
    digital = "digital" in _outcome(work)
    if "SEAL" in work.item_states or ("INVOICE" in work.item_states and not digital):
        work.move("prepare", _BY)
    _start_items(platform, work, platform.clock.office(), digital=digital)


def tell(tx: Tx, case_id: str, template: str) -> None:
    """A message to the applicant's phone; the text itself is made from the template, without anybody's name."""
    tx.c.execute(t.message.insert().values(at=tx.now, case_id=case_id, template=template))


def schedule(platform: Platform, tx: Tx, case_id: str, kind: str, start: int, wait_ms: int | None = None) -> None:
    """A job for later: drawn from the department's span, the same for one seed, case and kind."""
    if wait_ms is None:
        span = getattr(platform.settings.delays, _DELAY_OF[kind.partition(":")[0]])
        drawn = random.Random(f"{platform.settings.seed}:{case_id}:{kind}")
        wait_ms = int(drawn.uniform(*span) * 1000)
    tx.c.execute(t.job.insert().values(case_id=case_id, kind=kind, due=start + wait_ms, done=False))


def _outcome(work: CaseWork) -> set[str]:
    return {what for word, what in OUTCOMES.items() if word in (work.row.name_full or "")}


def _take_up(task: Task) -> bool:
    work = task.work
    work.move("take_up", _BY)
    work.move_item("SETUP", "start", _BY)
    schedule(task.platform, work.tx, work.id, "setup", task.due)
    return True


def _setup(task: Task) -> bool:
    work = task.work
    outcome = _outcome(work)
    if "suspend" in outcome and task.rest != "resumed":
        work.move("suspend", _BY)
        work.move_item("SETUP", "suspend", _BY)
        schedule(task.platform, work.tx, work.id, "resume", task.due)
        return True
    if "refuse" in outcome:
        work.move("refuse", _BY)
        work.move_item("SETUP", "refuse", _BY)
        for name in [n for n, state in work.item_states.items() if state == "PENDING"]:
            work.move_item(name, "cancel", _BY)
        tell(work.tx, work.id, "refused")
        return True
    _approve(task.platform, work, task.due, digital="digital" in outcome)
    return True


def _resume(task: Task) -> bool:
    work = task.work
    work.move("resume", _BY)
    work.move_item("SETUP", "resume", _BY)
    schedule(task.platform, work.tx, work.id, "setup:resumed", task.due)
    return True


def _approve(platform: Platform, work: CaseWork, due: int, *, digital: bool) -> None:
    tx = work.tx
    site = tx.c.execute(sa.select(t.site).where(t.site.c.id == work.row.site_id)).one()
    place = _shelf(tx)
    code = credit_code(site.division, tx.next_number("uscc"))
    work.set(uscc=code, place=place, pickup_window=site.pickup_window)
    work.move_item("SETUP", "approve", _BY)
    work.move("approve", _BY)
    copies = form_of(work.row).fields.licence_copies
    _plan(work, "SETUP", 0, [("licence_original", None), *[("licence_copy", None)] * copies], place)
    work.move_item("SETUP", "prepare", _BY)
    work.move("prepare", _BY)
    schedule(platform, tx, work.id, "licence", due)
    _start_items(platform, work, due, digital=digital)
    tell(tx, work.id, "approved")


def _shelf(tx: Tx) -> str:
    number = tx.next_number("shelf")
    return f"{'ABCD'[number // 24 % 4]}-{number % 24 + 1:02d}"


def _start_items(platform: Platform, work: CaseWork, due: int, *, digital: bool) -> None:
    tx = work.tx
    for name in [n for n in work.item_states if n in _AUTOMATIC]:
        if name == "BANK":
            bank_slots.request(platform.store, tx, work.id, form_of(work.row).bank_appt)
        work.move_item(name, "start", _BY)
        schedule(platform, tx, work.id, f"automatic:{name}", due)
    if "SEAL" in work.item_states:
        work.move_item("SEAL", "start", _BY)
        schedule(platform, tx, work.id, "seal", due)
    if "INVOICE" in work.item_states:
        work.set_item("INVOICE", mode="DIGITAL" if digital else "DEVICE")
        if digital or "SEAL" not in work.item_states:
            _start_invoice(platform, work, due)


def _start_invoice(platform: Platform, work: CaseWork, due: int) -> None:
    work.move_item("INVOICE", "start", _BY)
    schedule(platform, work.tx, work.id, "invoice", due)


def _licence(task: Task) -> bool:
    work = task.work
    store = _store(work)
    for one in _planned(work, "SETUP"):
        unit = custody.earmark(work.tx, "licence_paper", work.id, store)
        if unit is None:
            schedule(task.platform, work.tx, work.id, "licence", task.due, _OUT_OF_STOCK_MS)
            return True
        _prepared(work, one, serial=unit.serial, unit_id=unit.id)
    work.move_item("SETUP", "prepared", _BY)
    return True


def _seal(task: Task) -> bool:
    work = task.work
    work.move_item("SEAL", "approve", _BY)
    _plan(work, "SEAL", 100, [("seal", use) for use in SEALS], _place(work))
    work.move_item("SEAL", "prepare", _BY)
    schedule(task.platform, work.tx, work.id, "engrave", task.due)
    return True


def _engrave(task: Task) -> bool:
    work = task.work
    division = work.tx.c.execute(sa.select(t.site.c.division).where(t.site.c.id == work.row.site_id)).scalar_one()
    for one in _planned(work, "SEAL"):
        serial = f"{division}{work.tx.next_number('seal'):07d}"
        unit_id = custody.store_new(work.tx, "seal", serial, _store(work), Mover(work.id, _BY))
        _prepared(work, one, serial=serial, unit_id=unit_id)
    work.move_item("SEAL", "prepared", _BY)
    if work.item_states.get("INVOICE") == "PENDING":
        _start_invoice(task.platform, work, task.due)
    return True


def _invoice(task: Task) -> bool:
    work = task.work
    work.move_item("INVOICE", "approve", _BY)
    if work.items["INVOICE"].mode == "DIGITAL":
        work.move_item("INVOICE", "done", _BY)
        return True
    _plan(work, "INVOICE", 200, [("invoice_volume", None), ("tax_device", None)], _place(work))
    promised = after_working_minutes(work.tx.now, INVOICE_MINUTES)
    work.move_item("INVOICE", "prepare", _BY, due_at=promised)
    schedule(task.platform, work.tx, work.id, "volumes", task.due)
    schedule(task.platform, work.tx, work.id, "device", task.due)
    return True


def _volumes(task: Task) -> bool:
    work = task.work
    batches = sa.select(t.batch.c.id).where(t.batch.c.custodian == _store(work)).order_by(t.batch.c.id)
    for one in [a for a in _planned(work, "INVOICE") if a.kind == "invoice_volume"]:
        for batch_id in work.tx.c.execute(batches).scalars().all():
            first = custody.allot_numbers(work.tx, batch_id, VOLUME_COUNT, Mover(work.id, _BY), one.id)
            if first is not None:
                _prepared(work, one, serial=f"{first:08d}", batch_id=batch_id, first_no=first, quantity=VOLUME_COUNT)
                break
        else:
            schedule(task.platform, work.tx, work.id, "volumes", task.due, _OUT_OF_STOCK_MS)
            return True
    return _invoice_ready(work)


def _device(task: Task) -> bool:
    work = task.work
    unit = custody.earmark(work.tx, "tax_device", work.id, _store(work))
    if unit is None:
        schedule(task.platform, work.tx, work.id, "device", task.due, _OUT_OF_STOCK_MS)
        return False
    custody.change_unit(work.tx, unit.id, work.id, ("IN_STOCK",), "RESERVED")
    custody.note(work.tx, "RESERVE", Mover(work.id, _BY), unit_id=unit.id)
    schedule(task.platform, work.tx, work.id, f"issued:{unit.id}", task.due)
    return False


def _issued(task: Task) -> bool:
    work = task.work
    holder = {"holder_uscc": work.row.uscc, "holder_name": work.row.name_full}
    custody.change_unit(work.tx, task.rest, work.id, ("RESERVED",), "BOUND", **holder)
    custody.note(work.tx, "ISSUE", Mover(work.id, _BY), unit_id=task.rest)
    device = next(a for a in _planned(work, "INVOICE") if a.kind == "tax_device")
    _prepared(work, device, serial=task.rest.partition("-")[2], unit_id=task.rest)
    return _invoice_ready(work)


def _invoice_ready(work: CaseWork) -> bool:
    if _planned(work, "INVOICE"):
        return True  # the articles changed, the item waits for the other half
    work.move_item("INVOICE", "prepared", _BY)
    return True


def _automatic(task: Task) -> bool:
    work = task.work
    if work.item_states[task.rest] != "IN_REVIEW":
        return True  # called off meanwhile
    if task.rest == "BANK" and not bank_slots.answer(work.tx, work.id, work.row.name_full or ""):
        work.move_item("BANK", "refuse", _BY)
        return True
    work.move_item(task.rest, "approve", _BY)
    work.move_item(task.rest, "done", _BY)
    return True


def _plan(work: CaseWork, item: str, position: int, things: list[tuple[str, str | None]], place: str) -> None:
    for offset, (kind, use) in enumerate(things):
        work.tx.c.execute(
            t.article.insert().values(
                id=work.tx.new_id(), case_id=work.id, position=position + offset, kind=kind, item=item,
                state=states.ARTICLE.initial, use=use, quantity=1, place=place,
            )
        )  # fmt: skip


def _planned(work: CaseWork, item: str) -> list[Any]:
    column = t.article.c
    waiting = sa.and_(column.case_id == work.id, column.item == item, column.state == "PLANNED")
    return list(work.tx.c.execute(sa.select(t.article).where(waiting).order_by(column.position)))


def _prepared(work: CaseWork, one: Any, **values: Any) -> None:
    state = states.ARTICLE.after(one.state, "prepare")
    work.tx.c.execute(sa.update(t.article).where(t.article.c.id == one.id).values(**values, state=state))


def _store(work: CaseWork) -> str:
    store: str = work.tx.c.execute(sa.select(t.site.c.store).where(t.site.c.id == work.row.site_id)).scalar_one()
    return store


def _place(work: CaseWork) -> str:
    return work.row.place or ""


_DELAY_OF = {
    "take_up": "take_up", "setup": "setup", "resume": "setup", "licence": "licence", "seal": "seal",
    "engrave": "engrave", "invoice": "invoice", "volumes": "volumes", "device": "device", "issued": "device",
    "automatic": "automatic",
}  # fmt: skip
JOBS: dict[str, Callable[[Task], bool]] = {
    "take_up": _take_up, "setup": _setup, "resume": _resume, "licence": _licence, "seal": _seal, "engrave": _engrave,
    "invoice": _invoice, "volumes": _volumes, "device": _device, "issued": _issued, "automatic": _automatic,
}  # fmt: skip
