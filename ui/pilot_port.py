"""The pilot over a socket that was inherited from the parent process: one JSON line asks, one answers.

``{"do": "tap", "args": ["next"]}`` → ``{"ok": true, "value": null}`` or ``{"ok": false, "error": "one line"}``.
With ``"glass": "customer"`` it is done on the citizen's screen of a window.
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

from kiosk.faults import bug_report
from ui.bridge.ime import Ime
from ui.bridge.look import Look
from ui.bridge.visit import Visit
from ui.pilot import Pilot, PilotError

_HANDS = ("tap", "click", "type", "compose", "keys", "wedge", "pinyin", "draw", "paw")
_PATIENCE = 10.0  # the screen follows a touch by way of session and store; a loaded machine takes its time
_EYES = ("texts", "tree", "offered", "grab", "wait_page", "wait_text", "settle")


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

    def __init__(self, ui: Stage, line: socket.socket, customers: Stage | None = None) -> None:
        super().__init__(ui.engine)
        self._line = line
        self._stages = {"": ui} if customers is None else {"": ui, "customer": customers}
        self._pilots = {
            glass: Pilot(one.window, one.visit, one.ime, one.pinyin, patience=_PATIENCE)
            for glass, one in self._stages.items()
        }
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._asked.connect(self._act, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._listen, name="pilot")
        self._thread.start()

    def stop(self) -> None:
        """Hang up and join the reader."""
        for pilot in self._pilots.values():
            pilot.stopping = True
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
        except Exception as error:  # whoever asked must not take a bug of the pilot's for a window that hangs
            answer = {"ok": False, "error": bug_report(error)}
        self._answers.put(json.dumps(answer, ensure_ascii=False))

    def _do(self, command: dict[str, Any]) -> Any:
        name, args, glass = command["do"], command.get("args", []), command.get("glass", "")
        if glass not in self._stages:
            raise PilotError(f"this terminal has no screen called {glass}")
        ui, pilot = self._stages[glass], self._pilots[glass]
        if name == "counts":
            return {"taps": pilot.taps, "keystrokes": pilot.keystrokes}
        if name == "page":
            return pilot.page
        if name == "size":
            return {"width": ui.window.width(), "height": ui.window.height(), "scale": ui.look.scale}
        if name not in _HANDS + _EYES:
            raise PilotError(f"unknown command {name}; known: {', '.join(_HANDS + _EYES)}, counts, page, size")
        return getattr(pilot, name)(*args)


def serve(ui: Stage, fd: int, customers: Stage | None = None) -> Port:
    """Take over the inherited descriptor; ``customers`` is the second screen of a window."""
    return Port(ui, socket.socket(fileno=fd), customers)
