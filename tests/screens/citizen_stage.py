"""The citizen's window for tests: real screens, real presenter, scenes from the real plan, no terminal behind it."""

from collections.abc import Callable
from typing import Any

from kiosk.contracts.device import Unsubscribe
from kiosk.workflow.machine import Event
from tests.unit.ui.viewmodels.citizen_walk import TIME, Still
from ui.app import NoPinyin, Ui, WindowSpec, prepare
from ui.viewmodels import citizen


class Standing:
    """A session that stands still on one scene and remembers what was posted."""

    def __init__(self, still: Still) -> None:
        self.still = still
        self.posted: list[Event] = []
        self._listeners: list[Callable[[Any], None]] = []

    def post(self, event: Event) -> None:
        """Remembered, not walked."""
        self.posted.append(event)

    def subscribe(self, listener: Callable[[Any], None]) -> Unsubscribe:
        """The scene, at once."""
        self._listeners.append(listener)
        listener(self.still.scene)
        return lambda: self._listeners.remove(listener)

    def on_frame(self, listener: Callable[[Any], None]) -> Unsubscribe:  # noqa: ARG002
        """No camera."""
        return lambda: None

    def show(self, still: Still) -> None:
        """Another scene."""
        self.still = still
        for listener in self._listeners:
            listener(still.scene)


def open_window(still: Still, width: int, height: int, language: str = "zh") -> tuple[Ui, Standing]:
    """The whole application of a citizen's terminal, standing on one scene."""
    spec = WindowSpec(
        role="citizen", hall="示例区政务服务中心", width=width, height=height, fullscreen=False,
        language=language, reduced_motion=True, idle_seconds=0,
    )  # fmt: skip
    prepare(spec)
    session = Standing(still)
    ui = Ui(spec, session, citizen, pinyin=NoPinyin(), now=lambda: TIME)
    for name, value in still.notes.items():
        ui.visit.note(name, value)
    return ui, session
