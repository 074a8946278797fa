"""What applicants ask about the account appointment."""

import hashlib

import msgspec

from kiosk.contracts.platform_api import bank as wire

from . import bank_slots, case_views, states
from .call import Call, Reply
from .casework import CaseWork
from .handling import Handlers, of_rows
from .moments import at
from .refusal import Refused
from .transaction import Tx


def list_bank_branches(call: Call, tx: Tx) -> Reply:
    """Branches of all banks or of one, in today's order."""
    found = wire.BankBranches(bank_slots.in_neutral_order(at(tx.now).date(), call.query.get("bank")), sample=True)
    return Reply(200, found, hashlib.sha256(msgspec.json.encode(found)).hexdigest())


def list_bank_slots(call: Call, tx: Tx) -> Reply:
    """Free hours now."""
    branch_id = call.path["branch_id"]
    if branch_id not in bank_slots.branches():
        raise Refused("not-found")
    return Reply(200, wire.BankSlots(branch_id, tuple(at(hour) for hour in bank_slots.free_hours(tx, branch_id))))


def get_bank_appointment(call: Call, tx: Tx) -> Reply:
    """The appointment of a case the asker may see."""
    work = CaseWork.look(tx, call.path["case_id"], call.caller.site_id)
    return _answer(call, tx, work)


def cancel_bank_appointment(call: Call, tx: Tx) -> Reply:
    """The applicant will not come; an item that still waits for the bank ends, and nothing else changes."""
    work = CaseWork.open(tx, call.path["case_id"], call.caller.site_id)
    row = bank_slots.of_case(tx, work.id)
    if row is None or not case_views.sees_all(tx, call.caller, work.row):
        raise Refused("not-found")
    if states.BANK_APPOINTMENT.after(row.state, "cancel") is None:
        raise Refused("too-late", state=row.state)
    call.expect(row.version)
    bank_slots.move(tx, row, "cancel")
    if states.ITEM.after(work.item_states.get("BANK", ""), "cancel"):
        work.move_item("BANK", "cancel", call.caller.role)
    work.save()
    return _answer(call, tx, work)


def _answer(call: Call, tx: Tx, work: CaseWork) -> Reply:
    row = bank_slots.of_case(tx, work.id)
    if row is None or not case_views.sees_all(tx, call.caller, work.row):
        raise Refused("not-found")
    branch = bank_slots.branches()[row.branch_id]
    made = wire.BankAppointment(work.id, row.state, row.version, at(row.slot), branch, row.contact or "")
    return Reply(200, made, f"v{row.version}")


HANDLERS: Handlers = {
    "listBankBranches": of_rows(list_bank_branches),
    "listBankSlots": of_rows(list_bank_slots),
    "getBankAppointment": of_rows(get_bank_appointment),
    "cancelBankAppointment": of_rows(cancel_bank_appointment),
}
