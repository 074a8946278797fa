"""Messages about the appointment for a bank account: branches, hours, and what the bank says."""

from typing import Literal

from .base import (
    Answered,
    Code,
    Moment,
    Offline,
    Op,
    Param,
    Sent,
    Text200,
)

AppointmentStateCode = Literal["REQUESTED", "CONFIRMED", "DECLINED", "CANCELLED"]


class BankBranch(Answered, frozen=True):
    """One branch. The order of a list changes from day to day, so that none is always the first."""

    id: str
    bank: str
    bank_name: str
    name: str
    address: str = ""
    phone: str = ""


class BankBranches(Answered, frozen=True):
    """Branches; ``sample``: invented data."""

    items: tuple[BankBranch, ...]
    sample: bool = False


class BankSlots(Answered, frozen=True):
    """Free hours of a branch at this moment; nothing is held by asking."""

    branch: str
    slots: tuple[Moment, ...]


class BankAppointment(Answered, frozen=True):
    """What the bank says of the wish; ``contact`` is the person's place in the form, never a number."""

    case_id: str
    state: AppointmentStateCode
    version: int
    slot: Moment
    branch: BankBranch
    contact: str = ""


class CancelBankAppointment(Sent, frozen=True):
    """The applicant will not come."""

    cancelled_at: Moment
    reason: Text200 = ""


OPERATIONS: tuple[Op, ...] = (
    Op("listBankBranches", "GET", "/v1/bank-branches", 200, BankBranches, "TCW", "branches, in neutral order",
       query=(Param("bank", Code),), etag=True, offline=Offline.CACHED),
    Op("listBankSlots", "GET", "/v1/bank-branches/{branch_id}/slots", 200, BankSlots, "TCW", "free hours of a branch",
       problems=("not-found",)),
    Op("getBankAppointment", "GET", "/v1/cases/{case_id}/bank-appointment", 200, BankAppointment, "CW",
       "the appointment of a case", etag=True, offline=Offline.CACHED, problems=("not-found",)),
    Op("cancelBankAppointment", "POST", "/v1/cases/{case_id}/bank-appointment/cancel", 200, BankAppointment, "CW",
       "the applicant will not come", CancelBankAppointment, idem=True, if_match=True,
       problems=("not-found", "version-mismatch", "too-late")),
)  # fmt: skip
