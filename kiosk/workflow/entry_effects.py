"""What the form on the desk asks for, beside what a visit at the terminal asks for."""

from dataclasses import dataclass

from .machine import Effect


@dataclass(frozen=True, slots=True)
class BeginEntry(Effect):
    """Make the ids of a new case that a clerk fills in."""
