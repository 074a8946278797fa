"""What the platform offers for the items: wire → domain."""

from datetime import datetime

from kiosk.contracts.platform_api import bank, offers
from kiosk.domain.ids import SiteId
from kiosk.domain.item import InvoiceMode
from kiosk.domain.offer import AppointmentState, BankAppointment, BankBranch, PickupHall

from .reading import read


def invoice_mode(body: bytes) -> InvoiceMode | None:
    """How the invoices would be given out."""
    return read(offers.InvoiceOffer, lambda said: InvoiceMode(said.mode), body)


def halls(body: bytes) -> tuple[PickupHall, ...] | None:
    """Halls to collect at, as the platform lists them."""
    return read(
        offers.HallPlaces,
        lambda said: tuple(PickupHall(SiteId(one.site_id), one.name, one.window) for one in said.items),
        body,
    )


def branches(body: bytes) -> tuple[BankBranch, ...] | None:
    """Branches in the platform's own order."""
    return read(bank.BankBranches, lambda said: tuple(_branch(one) for one in said.items), body)


def hours(body: bytes) -> tuple[datetime, ...] | None:
    """Free hours of a branch, the earliest first."""
    return read(bank.BankSlots, lambda said: tuple(sorted(said.slots)), body)


def appointment(body: bytes) -> BankAppointment | None:
    """What the bank says."""
    return read(
        bank.BankAppointment,
        lambda said: BankAppointment(AppointmentState(said.state), said.slot, _branch(said.branch)),
        body,
    )


def _branch(said: bank.BankBranch) -> BankBranch:
    return BankBranch(said.id, said.bank, said.bank_name, said.name, said.address, said.phone)
