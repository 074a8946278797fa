"""What of a person's work the screen counts: that something was pressed, never what."""

from typing import Protocol


class Counts(Protocol):
    """Told on the GUI thread."""

    def tapped(self) -> None:
        """A finger on the glass, or a click."""

    def typed(self, *, by_touch: bool, back: bool = False) -> None:
        """A key; ``by_touch``: of the keyboard on the screen, whose tap was told before. ``back``: it took something
        back."""
