"""Events of the items beside the registration: what the platform offers, and what the applicant wants of it."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.enterprise import TaxFacts
from kiosk.domain.ids import SiteId
from kiosk.domain.item import InvoiceMode
from kiosk.domain.offer import BankAppointment, BankBranch, PickupHall
from kiosk.domain.private import Private
from kiosk.domain.wishes import BankWish, FundWish, InvoiceWish, MailAddress, SealPlan, SocialWish
from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True)
class InvoiceModeTold(Event):
    """How the tax office would give out the invoices."""

    mode: InvoiceMode


@dataclass(frozen=True, slots=True)
class InvoiceWished(Event):
    """Something of the invoices or of the tax facts was chosen; both as they are now."""

    wish: InvoiceWish
    tax: TaxFacts


@dataclass(frozen=True, slots=True)
class SealsWished(Event):
    """Something of the seals was chosen."""

    plan: SealPlan


@dataclass(frozen=True, slots=True)
class InsuranceWished(Event):
    """Something of social insurance or housing fund was chosen; ``fund`` None: not now."""

    social: SocialWish
    fund: FundWish | None


@dataclass(frozen=True, slots=True)
class BranchesFound(Event):
    """Bank branches in the platform's order."""

    branches: tuple[BankBranch, ...]


@dataclass(frozen=True, slots=True)
class BranchPicked(Event):
    """A branch whose free hours are wanted."""

    branch: str


@dataclass(frozen=True, slots=True)
class HoursFound(Event):
    """Free hours of a branch."""

    branch: str
    hours: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class BankWished(Event):
    """Branch, hour and contact; None: no appointment."""

    wish: BankWish | None


@dataclass(frozen=True, slots=True)
class HallsFound(Event):
    """Halls to collect at, this one first."""

    halls: tuple[PickupHall, ...]


@dataclass(frozen=True, slots=True, repr=False)
class PickupWished(Private, Event):
    """Where the bundle is collected, or to whom it is sent."""

    site: SiteId
    mail: MailAddress | None


@dataclass(frozen=True, slots=True)
class AppointmentTold(Event):
    """What the bank says of the appointment."""

    appointment: BankAppointment


@dataclass(frozen=True, slots=True)
class SupervisorLeftOut(Event):
    """全体股东一致同意不设监事: agreed, or not."""

    agreed: bool
