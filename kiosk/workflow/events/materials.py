"""Events of the materials of a case: pages under the camera, files from a phone, and what comes later."""

from dataclasses import dataclass

from kiosk.contracts.document_camera import BoundPages, PageShot
from kiosk.domain.private import Private
from kiosk.domain.signing import UploadLink
from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True)
class CaptureAsked(Event):
    """A paper is to be photographed: for which demand, and which kind of paper it is."""

    need: str
    kind: str


@dataclass(frozen=True, slots=True, repr=False)
class PageTaken(Private, Event):
    """One good page, held in memory until the person has said whether it will do."""

    shot: PageShot


@dataclass(frozen=True, slots=True)
class PageMoreAsked(Event):
    """The paper has another page."""


@dataclass(frozen=True, slots=True)
class PageAgainAsked(Event):
    """The last page is taken once more."""


@dataclass(frozen=True, slots=True)
class PagesUsed(Event):
    """These pages will do."""


@dataclass(frozen=True, slots=True, repr=False)
class PagesBound(Private, Event):
    """The pages are one file."""

    bound: BoundPages


@dataclass(frozen=True, slots=True)
class MaterialKept(Event):
    """The paper is safe on this machine."""


@dataclass(frozen=True, slots=True)
class PhoneAsked(Event):
    """A paper is to come from a phone."""

    need: str
    kind: str


@dataclass(frozen=True, slots=True, repr=False)
class UploadLinkMade(Private, Event):
    """The platform waits for one file from a phone."""

    link: UploadLink


@dataclass(frozen=True, slots=True)
class LaterChosen(Event):
    """The paper is brought to the window later, where the rules allow it."""

    need: str


@dataclass(frozen=True, slots=True)
class GatheringStopped(Event):
    """Not this paper, or not in this way."""
