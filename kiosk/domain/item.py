"""Items of a case (事项) and their states, as the platform writes them (platform contract, state machines)."""

import enum
from dataclasses import dataclass
from datetime import datetime


class Item(enum.Enum):
    """The things one visit brings; the list is open on the wire, closed in what this terminal offers."""

    SETUP = "SETUP"  # 设立登记
    SEAL = "SEAL"  # 刻制印章
    INVOICE = "INVOICE"  # 申领发票
    SOCIAL = "SOCIAL"  # 就业社保登记
    FUND = "FUND"  # 公积金缴存登记
    BANK = "BANK"  # 银行开户预约


class ItemState(enum.Enum):
    """State of one item; only the platform writes it."""

    NOT_REQUESTED = "NOT_REQUESTED"
    PENDING = "PENDING"
    IN_REVIEW = "IN_REVIEW"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"
    RETURNED = "RETURNED"
    SUSPENDED = "SUSPENDED"
    PREPARING = "PREPARING"
    PREPARED = "PREPARED"
    COLLECTED = "COLLECTED"
    DONE = "DONE"
    CANCELLED = "CANCELLED"


class InvoiceMode(enum.Enum):
    """How invoices are given out; the platform decides per case."""

    DEVICE = "DEVICE"  # paper volumes and a tax-control device
    DIGITAL = "DIGITAL"  # 数电发票: nothing to hand over


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """Where one item stands, with its promise."""

    item: Item
    state: ItemState
    due_at: datetime | None = None
    changed_at: datetime | None = None
    mode: InvoiceMode | None = None
