"""Events of a material that is held beside the data."""

from dataclasses import dataclass

from kiosk.domain.material_page import MaterialPage
from kiosk.domain.private import Private
from kiosk.faults import Fault
from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True)
class MaterialLookAsked(Event):
    """The picture of the material of a line; or another page of the one that is looked at."""

    line: str
    page: int = 1


@dataclass(frozen=True, slots=True, repr=False)
class MaterialPageRead(Private, Event):
    """The page is here."""

    page: MaterialPage


@dataclass(frozen=True, slots=True)
class MaterialPageFailed(Event):
    """There is no picture, or none now."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class MaterialLookClosed(Event):
    """Seen enough; the picture is forgotten."""


@dataclass(frozen=True, slots=True)
class DifferenceNoted(Event):
    """What the picture says is not what was filled in: the line is wrong, and why. Noted again: taken back."""

    line: str
    fact: str  # key of the data that differs


__all__ = [
    "DifferenceNoted", "MaterialLookAsked", "MaterialLookClosed", "MaterialPageFailed", "MaterialPageRead",
]  # fmt: skip
