"""Papers are painted beside the session, one after the other, and nothing is left running."""

import threading
from collections.abc import Sequence

from kiosk.domain.paper import Sheet
from kiosk.faults import Fault, FaultCode
from kiosk.session.previews import Previews
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event


class Painter:
    """Paints when it is let; remembers on which thread."""

    def __init__(self, answer: tuple[bytes, ...] | Fault) -> None:
        self.answer, self.go = answer, threading.Event()
        self.threads: list[str] = []
        self.at_once = self.most = 0

    def pages(self, sheets: Sequence[Sheet]) -> tuple[bytes, ...] | Fault:
        """One at a time, or the test fails."""
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.threads.append(threading.current_thread().name)
        self.go.wait()
        self.at_once -= 1
        return self.answer


def test_whoever_asks_does_not_wait_and_papers_come_in_order() -> None:
    told: list[Event] = []
    painter = Painter((b"page",))
    previews = Previews(painter, told.append)
    previews.show("first", ())
    previews.show("second", ())
    assert told == []
    painter.go.set()
    previews.close()
    assert told == [ev.PagesPainted("first", (b"page",)), ev.PagesPainted("second", (b"page",))]
    assert painter.threads == ["pages", "pages"] and painter.most == 1


def test_a_paper_that_cannot_be_made_is_said() -> None:
    told: list[Event] = []
    painter = Painter(Fault(FaultCode.DEVICE_CONFIGURATION))
    painter.go.set()
    previews = Previews(painter, told.append)
    previews.show("job", ())
    previews.close()
    assert told == [ev.PagesFailed("job", Fault(FaultCode.DEVICE_CONFIGURATION))]


def test_nothing_to_end_where_nothing_was_looked_at() -> None:
    Previews(Painter(()), lambda _: None).close()
