"""What the screen needs of the inside, and what it knows beside the visit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from kiosk.contracts.device import Unsubscribe
from kiosk.contracts.document_camera import PageView
from kiosk.contracts.face_camera import Frame
from kiosk.workflow.machine import Event

from .idle import Patience


class SessionPort(Protocol):
    """What the screen needs of the inside."""

    def post(self, event: Event, page: int | None = None) -> int:
        """Something happened; thread-safe. A scene whose ``heard`` has reached the returned number knows of it.
        ``page``: of the scene on which it was done; the page after it does not hear it."""

    def subscribe(self, listener: Callable[[Any], None]) -> Unsubscribe:
        """Be told every scene, on the session's thread."""

    def on_frame(self, listener: Callable[[Frame | PageView], None]) -> Unsubscribe:
        """Be given live pictures, on the camera's thread."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the screen knows beside the visit."""

    hall: str
    now: Callable[[], datetime]  # the terminal's clock, which in training may be the sandbox's
    patience: Patience | None = None  # None: the screen never times out (window)
    window: str = ""  # 3 号窗口
