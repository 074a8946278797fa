"""The pilot over a socket that was inherited from the parent process: one JSON line asks, one answers.

``{"do": "tap", "args": ["next"]}`` → ``{"ok": true, "value": null}`` or ``{"ok": false, "error": "one line"}``.
Only heard while the configuration says training.
"""

import contextlib
import json
import queue
import socket
import threading
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from ui.bridge.ime import Ime
from ui.bridge.look import Look
from ui.bridge.visit import Visit
from ui.pilot import Pilot, PilotError

_HANDS = ("tap", "click", "type", "compose", "keys", "wedge", "pinyin", "draw", "paw")
_PATIENCE = 10.0  # the screen follows a touch by way of session and store; a loaded machine takes its time
_EYES = ("texts", "tree", "grab", "wait_page", "wait_text", "settle")


class Stage(Protocol):
    """What the pilot touches of the application."""

    engine: QQmlApplicationEngine
    window: QQuickWindow
    visit: Visit
    ime: Ime
    look: Look
    pinyin: Any


class Port(QObject):
    """Reads on its own thread, acts on the GUI thread, one command after the other."""

    _asked = Signal(str)

    def __init__(self, ui: Stage, line: socket.socket) -> None:
        super().__init__(ui.engine)
        self._ui, self._line = ui, line
        self.pilot = Pilot(ui.window, ui.visit, ui.ime, ui.pinyin, patience=_PATIENCE)
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._asked.connect(self._act, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._listen, name="pilot")
        self._thread.start()

    def stop(self) -> None:
        """Hang up and join the reader."""
        self.pilot.stopping = True
        self._answers.put("")
        with contextlib.suppress(OSError):  # the other side may have hung up first
            self._line.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self._line.close()

    def _listen(self) -> None:
        with self._line.makefile("r", encoding="utf-8", errors="replace") as asked:
            try:
                for command in asked:
                    self._asked.emit(command)
                    if not (answer := self._answers.get()):
                        return
                    self._line.sendall(answer.encode() + b"\n")
            except OSError:
                return

    @Slot(str)
    def _act(self, command: str) -> None:
        try:
            answer = {"ok": True, "value": self._do(json.loads(command))}
        except (PilotError, TypeError, ValueError, KeyError) as error:
            answer = {"ok": False, "error": " ".join(str(error).split()) or type(error).__name__}
        self._answers.put(json.dumps(answer, ensure_ascii=False))

    def _do(self, command: dict[str, Any]) -> Any:
        name, args = command["do"], command.get("args", [])
        if name == "counts":
            return {"taps": self.pilot.taps, "keystrokes": self.pilot.keystrokes}
        if name == "page":
            return self.pilot.page
        if name == "size":
            return {
                "width": self._ui.window.width(),
                "height": self._ui.window.height(),
                "scale": self._ui.look.scale,
            }
        if name not in _HANDS + _EYES:
            raise PilotError(f"unknown command {name}; known: {', '.join(_HANDS + _EYES)}, counts, page, size")
        return getattr(self.pilot, name)(*args)


def serve(ui: Stage, fd: int) -> Port:
    """Take over the inherited descriptor."""
    return Port(ui, socket.socket(fileno=fd))
