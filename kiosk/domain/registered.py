"""A company that is there already and comes again for what it has not yet (分时办理)."""

from dataclasses import dataclass
from typing import NewType

from .item import Item
from .private import Private

ELicenceId = NewType("ELicenceId", str)  # one showing of an electronic licence at this terminal


@dataclass(frozen=True, slots=True)
class RegisteredCompany:
    """A company as the platform knows it: what it has, what is in hand, and what it may still ask for, each in the
    order in which people speak of the items."""

    uscc: str
    name: str
    done: tuple[Item, ...] = ()
    open: tuple[Item, ...] = ()
    not_yet: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class ELicence(Private):
    """电子营业执照 that a phone showed: whose licence it is. ``id`` opens that company
    here for a while."""

    id: ELicenceId
    uscc: str
    name: str
