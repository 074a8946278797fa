"""What a window asks the library of certificates."""

from collections.abc import Callable
from typing import Any

from kiosk.contracts.library import LookInLibrary, UseFromLibrary
from kiosk.faults import Fault
from kiosk.workflow import library_effects as lend
from kiosk.workflow.events import library as ev
from kiosk.workflow.machine import Event

from .hands import CommonHands


class LibraryHands:
    """Works with the window's own hands."""

    def __init__(self, hands: CommonHands) -> None:
        self._hands = hands
        self.table: dict[type[Any], Callable[[Any], None]] = {
            lend.LookInLibrary: self._look,
            lend.UseFromLibrary: self._use,
        }

    def _look(self, effect: lend.LookInLibrary) -> None:
        """A library that cannot be asked stops nobody: the checklist says that it was not asked."""

        def told(answer: Any) -> None:
            self._hands.post(ev.LibraryTold(None if isinstance(answer, Fault) else answer))

        if self._hands.tools.platform.online():
            self._hands.put(LookInLibrary(effect.case_id), told)

    def _use(self, effect: lend.UseFromLibrary) -> None:
        def used(_: bool) -> Event:
            return ev.LibraryUsed(effect.paper_id)

        self._hands.ask(UseFromLibrary(effect.case_id, effect.paper_id, effect.at, effect.by), used)
