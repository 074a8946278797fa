"""Papers that somebody looks at before they are printed: painted on a thread of their own, kept in memory only."""

import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from kiosk.faults import Fault
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event

P = TypeVar("P")
P_contra = TypeVar("P_contra", contravariant=True)


class Pictures(Protocol[P_contra]):
    """Whatever paints a paper of that kind: see kiosk.contracts.page_pictures."""

    def pages(self, paper: P_contra, /) -> tuple[bytes, ...] | Fault:
        """A picture for each page."""


class Previews(Generic[P]):
    """One paper after the other. ``show`` on the session's thread; what comes of it is posted."""

    def __init__(self, pictures: Pictures[P], post: Callable[[Event], object]) -> None:
        self._pictures, self._post = pictures, post
        self._painting: threading.Thread | None = None

    def show(self, job: str, paper: P) -> None:
        """Begin to paint; whoever does not want it any more does not look at what comes."""

        def paint() -> None:
            if before is not None:
                before.join()
            pages = self._pictures.pages(paper)
            self._post(ev.PagesFailed(job, pages) if isinstance(pages, Fault) else ev.PagesPainted(job, pages))

        before, self._painting = self._painting, threading.Thread(target=paint, name="pages")
        self._painting.start()

    def close(self) -> None:
        """Wait for what is being painted."""
        if self._painting is not None:
            self._painting.join()
