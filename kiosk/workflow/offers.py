"""What the platform offers this visit for its items, as far as it was asked."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.item import InvoiceMode
from kiosk.domain.offer import BankAppointment, BankBranch, PickupHall


@dataclass(frozen=True, slots=True)
class Offers:
    """Empty while nobody has answered. ``branch`` is the one whose ``hours`` were asked for; ``halls`` begin with
    this terminal's own."""

    invoice_mode: InvoiceMode | None = None
    branches: tuple[BankBranch, ...] = ()
    branch: str = ""
    hours: tuple[datetime, ...] = ()
    halls: tuple[PickupHall, ...] = ()
    appointment: BankAppointment | None = None  # of a case that was submitted
    collection: tuple[datetime, ...] = ()  # free hours to collect what lies ready
