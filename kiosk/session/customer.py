"""The citizen's side of a window's session: the same actor, seen through what that person may see and do."""

from collections.abc import Callable
from dataclasses import replace

from kiosk.contracts.device import Unsubscribe
from kiosk.contracts.document_camera import PageView
from kiosk.contracts.face_camera import Frame
from kiosk.workflow.customer_side import FROM_CUSTOMER, CustomerSide, customer_side
from kiosk.workflow.desk import Desk
from kiosk.workflow.machine import Event

from .actor import Scene, Session


class CustomerSession:
    """A port for the second screen. Nothing of the desk passes but its citizen's side, nothing comes back but what a
    citizen does; what changes nothing there is not told."""

    def __init__(self, desk: Session[Desk]) -> None:
        self._desk = desk

    def post(self, event: Event, page: int | None = None) -> int:  # noqa: ARG002
        """Hand on what a citizen may do; anything else of that screen (its language, its patience) is its own matter.
        The desk's pages are none of this screen's. Thread-safe."""
        return self._desk.post(event) if isinstance(event, FROM_CUSTOMER) else 0

    def subscribe(self, listener: Callable[[Scene[CustomerSide]], None]) -> Unsubscribe:
        """Be told every scene that differs, on the session's thread."""
        told: list[CustomerSide] = []

        def cut(scene: Scene[Desk]) -> None:
            side = customer_side(scene.state)
            if told != [side]:
                told[:] = [side]
                listener(replace(scene, state=side, journey="customer", reports=()))  # type: ignore[arg-type]

        return self._desk.subscribe(cut)

    def on_frame(self, listener: Callable[[Frame | PageView], None]) -> Unsubscribe:  # noqa: ARG002
        """No camera's picture is shown to the citizen."""
        return lambda: None
