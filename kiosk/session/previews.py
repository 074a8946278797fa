"""Papers that a clerk looks at before they are printed: painted on a thread of their own, kept in memory only."""

import threading
from collections.abc import Callable

from kiosk.contracts.page_pictures import PagePictures
from kiosk.domain.paper import Sheet
from kiosk.faults import Fault
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event


class Previews:
    """One paper after the other. ``show`` on the session's thread; what comes of it is posted."""

    def __init__(self, pictures: PagePictures, post: Callable[[Event], object]) -> None:
        self._pictures, self._post = pictures, post
        self._painting: threading.Thread | None = None

    def show(self, job: str, sheets: tuple[Sheet, ...]) -> None:
        """Begin to paint; whoever does not want it any more does not look at what comes."""

        def paint() -> None:
            if before is not None:
                before.join()
            pages = self._pictures.pages(sheets)
            self._post(ev.PagesFailed(job, pages) if isinstance(pages, Fault) else ev.PagesPainted(job, pages))

        before, self._painting = self._painting, threading.Thread(target=paint, name="pages")
        self._painting.start()

    def close(self) -> None:
        """Wait for what is being painted."""
        if self._painting is not None:
            self._painting.join()
