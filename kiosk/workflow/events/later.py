"""Events of a company that comes again for what it has not yet (新增事项)."""

from dataclasses import dataclass

from kiosk.domain.case import OpeningCase
from kiosk.domain.item import Item
from kiosk.domain.private import Private
from kiosk.domain.registered import ELicence, RegisteredCompany
from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True)
class LaterItemsAsked(Event):
    """新增事项 from the home screen."""


@dataclass(frozen=True, slots=True, repr=False)
class ELicenceShown(Private, Event):
    """A phone showed a code that may be of an electronic licence; nothing of it is read here."""

    code: str


@dataclass(frozen=True, slots=True)
class ForeignCodeShown(Event):
    """A code that leads to no licence: a slip, a number, an advertisement."""


@dataclass(frozen=True, slots=True, repr=False)
class ELicenceOpened(Private, Event):
    """Whose licence it is; the company may be seen here for a while."""

    licence: ELicence


@dataclass(frozen=True, slots=True, repr=False)
class CompaniesFound(Private, Event):
    """Companies that are there, newest first."""

    companies: tuple[RegisteredCompany, ...]


@dataclass(frozen=True, slots=True)
class CompanyPicked(Event):
    """For that company."""

    uscc: str


@dataclass(frozen=True, slots=True)
class ItemPicked(Event):
    """An item is wanted, or not wanted after all."""

    item: Item


@dataclass(frozen=True, slots=True, repr=False)
class LaterItemsBegun(Private, Event):
    """The draft is there with everything the company said before; ``needs_seal``: paper invoices without a seal."""

    case: OpeningCase
    needs_seal: bool
