"""What can be had for the items beside the registration: halls, branches of banks, and the bank's word."""

import enum
from dataclasses import dataclass
from datetime import datetime

from .ids import SiteId


@dataclass(frozen=True, slots=True)
class PickupHall:
    """One hall at whose windows a bundle can be collected."""

    site_id: SiteId
    name: str
    window: str = ""


@dataclass(frozen=True, slots=True)
class BankBranch:
    """One branch of a bank (银行网点)."""

    id: str
    bank: str
    bank_name: str
    name: str
    address: str = ""
    phone: str = ""


class AppointmentState(enum.Enum):
    """What the bank said of the hour that was wished for."""

    REQUESTED = "REQUESTED"
    CONFIRMED = "CONFIRMED"
    DECLINED = "DECLINED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class BankAppointment:
    """The account appointment of a case (银行开户预约), as the bank has it."""

    state: AppointmentState
    slot: datetime
    branch: BankBranch
