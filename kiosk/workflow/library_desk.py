"""What the window knows of the library of certificates for the case on the desk. Pure."""

from dataclasses import dataclass

from kiosk.domain.library import LibraryPaper
from kiosk.domain.private import Private


@dataclass(frozen=True, slots=True, repr=False)
class LibraryDesk(Private):
    """``papers`` None: not heard yet, or the library cannot be asked now. ``asked``: the paper whose holder is being
    asked for consent; ``taking``: the platform is asked for it; ``declined``: must be brought after all."""

    papers: tuple[LibraryPaper, ...] | None = None
    asked: str = ""
    taking: bool = False
    used: frozenset[str] = frozenset()
    declined: frozenset[str] = frozenset()

    def paper(self, paper_id: str) -> LibraryPaper | None:
        """By its number."""
        return next((one for one in self.papers or () if one.id == paper_id), None)
