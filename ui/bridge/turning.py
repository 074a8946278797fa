"""The data of the page that the visit is on, and of those whose screens are still on the glass while it is made."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from kiosk.faults import bug_report
from ui.viewmodels.page import ViewModel

from .page import PageModel
from .steady import Steady

log = logging.getLogger(__name__)

_BIT = 0.008  # seconds that the making of a page may take before everything else is heard again


class Turning:
    """Lives as long as its parent. ``steady`` knows how many questions have come."""

    def __init__(self, parent: QObject, go_on: Callable[[], None], slow: Callable[[], bool]) -> None:
        self._parent = parent
        self.page = PageModel(parent, "")
        self.under_way = False  # the page before is still seen
        self.left: list[PageModel] = []
        self._faces = 0  # pages, and questions on one of them, that have come so far
        self.steady = Steady(lambda: self._faces, slow)
        self._bits = QTimer(parent)  # everything that waits is heard between two bits
        self._bits.timeout.connect(go_on)

    def stop(self) -> None:
        """No more bits."""
        self._bits.stop()

    def shows(self, vm: ViewModel, was: ViewModel) -> bool:
        """Take the data over if they are the present page's."""
        if vm.page != self.page.name:
            return False
        self._faces += vm.data.get("question") != was.data.get("question")
        self.page.show(vm)
        return True

    def leave(self, vm: ViewModel) -> None:
        """Another page, with these data."""
        self.left.append(self.page)
        self.page = PageModel(self._parent, vm.page)
        self.page.show(vm)

    def begin(self) -> None:
        """The screen makes it bit by bit."""
        self.under_way = True
        self._bits.start()

    def fill(self) -> bool:
        """Some more rows of it; whether all are there, or will never be: a bug in one page leaves the way to the
        others open."""
        try:
            return self.page.fill(_BIT)
        except Exception as error:
            log.error("a page was not filled: %s", bug_report(error))
            return True

    def arrive(self) -> None:
        """It is on the glass, and the screen before it is gone."""
        self.under_way = False
        self._faces += 1
        self._bits.stop()
        self.drop_left()

    def drop_left(self) -> None:
        """After their screens."""
        while self.left:
            self.left.pop().deleteLater()
