"""What the hall's wall has done for it: it is told the queue, and counts the seconds of a call."""

from collections.abc import Callable

from kiosk.domain.ids import CaseId
from kiosk.workflow import queue_effects as queue_do
from kiosk.workflow.machine import Event

from .hands import CommonHands, Tools
from .queue_hands import QueueWatch


class WallHands(CommonHands):
    """Hands of the wall."""

    def __init__(self, tools: Tools, post: Callable[[Event], object]) -> None:
        super().__init__(tools, post)
        self._queue = QueueWatch(self)
        self._table |= {queue_do.FollowQueue: self._queue.follow}

    def _ledger_changed(self, case_id: CaseId | None) -> None:
        super()._ledger_changed(case_id)
        self._queue.look()
