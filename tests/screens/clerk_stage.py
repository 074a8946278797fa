"""The clerk's window for tests: real screens, real presenter, scenes from the real plan, no terminal behind it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtTest import QTest

from kiosk.contracts.device import Unsubscribe
from kiosk.domain.case import CaseState
from kiosk.workflow.machine import Event
from tests.unit.ui.viewmodels.clerk_walk import TIME, Still, Walk, seen
from ui.app import NoPinyin, Ui, WindowSpec, prepare
from ui.bridge.ime import Engines
from ui.moment import pass_by
from ui.viewmodels import clerk


class Standing:
    """A session that stands still on one scene and remembers what was posted."""

    def __init__(self, still: Still) -> None:
        self.still = still
        self.posted: list[Event] = []
        self.slow = False  # scenes know of what was posted only when ``show`` says so
        self._number = 0
        self._listeners: list[Callable[[Any], None]] = []

    def post(self, event: Event, page: int | None = None) -> int:
        """Remembered, not walked; unless it is ``slow``, the scene is taken to know of it."""
        self.posted.append(event)
        self._number += self.slow
        return self._number

    def subscribe(self, listener: Callable[[Any], None]) -> Unsubscribe:
        """The scene, at once."""
        self._listeners.append(listener)
        listener(self.still.scene)
        return lambda: self._listeners.remove(listener)

    def on_frame(self, listener: Callable[[Any], None]) -> Unsubscribe:
        """No camera."""
        return lambda: None

    def show(self, still: Still, heard: int | None = None) -> None:
        """Another scene, which knows of all that was posted, or of so much of it."""
        self.still = still
        scene = replace(still.scene, heard=self._number if heard is None else heard)
        for listener in self._listeners:
            listener(scene)


class Stage:
    """One window that shows one still after the other."""

    def __init__(self, still: Still, language: str = "zh", *, large: bool = False) -> None:
        spec = WindowSpec(
            role="window", hall="示例区政务服务中心", window_name="3 号窗口", width=1920, height=1080,
            fullscreen=False, language=language, reduced_motion=True, training=True, idle_seconds=0,
        )  # fmt: skip
        prepare(spec)
        self._large = large
        self.session = Standing(still)
        self.at: datetime = TIME
        self.ui = Ui(spec, self.session, clerk, engines=Engines(NoPinyin()), now=lambda: self.at)
        self.show(still)

    def show(self, still: Still) -> None:
        """This moment, on a page made for it, with what the screen remembers then."""
        step = still.scene.state.step
        self.at = still.scene.state.now
        if self.session.still.scene.state.step == step:  # a new page: nothing kept from the moment before
            self.session.show(Still(_elsewhere(still), {}))
            pass_by(1)
        self.session.show(still)
        pass_by(1)
        for name, value in still.notes.items():
            self.ui.visit.note(name, value)
        if self.ui.look.large != self._large:
            self.ui.look.reset()
            if self._large:
                self.ui.look.nextSize()
        pass_by(40)


@contextmanager
def opened(still: Still, language: str = "zh", *, large: bool = False) -> Iterator[Stage]:
    """A window for one test; no QML warning may have come up when it closes."""
    stage = Stage(still, language, large=large)
    stage.ui.window.requestActivate()
    assert QTest.qWaitForWindowExposed(stage.ui.window)
    try:
        yield stage
    finally:
        stage.ui.close()
    assert not stage.ui.warnings, stage.ui.warnings


def _elsewhere(still: Still) -> Any:
    if still.scene.state.step == "present_staff_card":
        return seen(CaseState.CLOSED).still().scene
    return Walk().still().scene
