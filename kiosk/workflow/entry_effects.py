"""What the form on the desk asks for, beside what a visit at the terminal asks for."""

from dataclasses import dataclass

from kiosk.domain.ids import CaseId

from .machine import Effect


@dataclass(frozen=True, slots=True)
class BeginEntry(Effect):
    """Make the ids of a new case that a clerk fills in."""


@dataclass(frozen=True, slots=True)
class ApplyAgain(Effect):
    """Make the ids of a new case in the place of an ended one, and have the platform begin it with all that was said
    before (另行受理)."""

    ended: CaseId
