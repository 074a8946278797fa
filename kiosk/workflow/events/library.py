"""Events of the library of certificates at intake."""

from dataclasses import dataclass

from kiosk.domain.library import LibraryPaper
from kiosk.domain.private import Private
from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True, repr=False)
class LibraryTold(Private, Event):
    """What the library has; None: it could not be asked."""

    papers: tuple[LibraryPaper, ...] | None


@dataclass(frozen=True, slots=True)
class LibraryAsked(Event):
    """The clerk asks the applicant whether this paper may be used."""

    paper_id: str


@dataclass(frozen=True, slots=True)
class LibraryAnswered(Event):
    """The applicant's answer: touched on the screen on that side, or said and keyed in by the clerk."""

    agreed: bool


@dataclass(frozen=True, slots=True)
class LibraryUsed(Event):
    """The paper is a material of the case."""

    paper_id: str


__all__ = ["LibraryAnswered", "LibraryAsked", "LibraryTold", "LibraryUsed"]
