"""The dev dock as QML sees it. A worker thread does what is asked and looks at the bench every other second."""

import queue
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Property, QObject, Qt, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ui.bench_line import BenchLine, LineError, sandbox
from ui.dock_buttons import CLOCKS, DEVICES, WEATHERS, buttons_of
from ui.words import Words

from .lend import lent
from .rows import Rows

QML_IMPORT_NAME = "Bridge"
QML_IMPORT_MAJOR_VERSION = 1

LOOK_EVERY = 2.0
_WHERE = ("kiosk", "window")
_SLOTS = ("staff_card_reader", "tax_device", "social_card_reader")
Job = Callable[[], None]


@QmlElement
@QmlSingleton
class Dock(QObject):
    """``devices`` rows: key, title, state, buttons; ``weathers`` and ``clocks`` rows: key, text, on."""

    changed = Signal()
    fixedChanged = Signal()
    _came = Signal(object)

    def __init__(self, parent: QObject, control: str, platform: str, words: Words) -> None:
        super().__init__(parent)
        self._words, self._platform = words, platform
        self._bench = BenchLine(control) if control else None
        self._devices, self._weathers, self._clocks = Rows(self), Rows(self), Rows(self)
        self._said = self._trouble = ""
        self._connected = False
        self._on = {"weather": "weather_fine", "clock": "clock_real"}
        self._jobs: queue.Queue[Job | None] = queue.Queue()
        self._came.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._choices()
        self._thread = threading.Thread(target=self._work, name="dock")
        self._thread.start()

    @staticmethod
    def create(engine: Any) -> "Dock":
        """Called by Qt: the instance lent to this engine."""
        return lent(engine, Dock)

    def stop(self) -> None:
        """Finish the press that runs and join."""
        self._jobs.put(None)
        self._thread.join(10)

    @Slot(str, str)
    def press(self, device: str, word: str) -> None:
        """A button of a device."""
        kind = next((row["kind"] for row in self._devices.all() if row["key"] == device), "")
        button = next((one for one in buttons_of(kind, device.partition(".")[2]) if one.word == word), None)
        if button is not None:
            self._jobs.put(lambda: self._hand(device, button.verb, dict(button.args), word))

    @Slot(str)
    def weather(self, name: str) -> None:
        """Another weather."""
        self._jobs.put(lambda: self._ask_platform("weather", name, "PUT", "/weather", dict(WEATHERS[name])))

    @Slot(str)
    def clock(self, name: str) -> None:
        """Another pace of the offices, or a jump."""
        method, path, body = CLOCKS[name]
        self._jobs.put(lambda: self._ask_platform("clock", name, method, path, dict(body)))

    # --- worker thread ---
    def _work(self) -> None:
        self._look()
        while True:
            try:
                job = self._jobs.get(timeout=LOOK_EVERY)
            except queue.Empty:
                self._look()
                continue
            if job is None:
                break
            job()
            self._look()
        if self._bench:
            self._bench.close()

    def _look(self) -> None:
        if self._bench is None:
            return
        try:
            self._came.emit({"devices": self._bench.ask("list")})
        except LineError as error:
            self._came.emit({"devices": None, "trouble": str(error)})

    def _hand(self, device: str, verb: str, args: dict[str, Any], word: str) -> None:
        try:
            assert self._bench is not None
            self._bench.ask(verb, device, args)
            self._came.emit({"said": f"{device}: {self._words.say('dock.' + word)} ✓"})
        except LineError as error:
            self._came.emit({"said": f"{device}: {error}"})

    def _ask_platform(self, what: str, name: str, method: str, path: str, body: dict[str, Any]) -> None:
        try:
            sandbox(self._platform, method, path, body)
            self._came.emit({"said": f"{self._words.say('dock.' + name)} ✓", what: name})
        except LineError as error:
            self._came.emit({"said": str(error)})

    # --- GUI thread ---
    @Slot(object)
    def _take(self, news: dict[str, Any]) -> None:
        if "devices" in news:
            self._connected = news["devices"] is not None
            self._devices.show([self._device(name, one) for name, one in (news["devices"] or {}).items()])
        trouble = news.get("trouble", "" if "devices" in news else self._trouble)
        if trouble != self._trouble:  # said once, so that it does not push away the answer to a press
            self._trouble = trouble
            self._said = trouble or self._said
        self._said = news.get("said", self._said)
        for what in ("weather", "clock"):
            if what in news and news[what] not in ("clock_hour", "clock_day"):
                self._on[what] = news[what]
        self._choices()
        self.changed.emit()

    def _choices(self) -> None:
        for model, names, on in ((self._weathers, WEATHERS, "weather"), (self._clocks, CLOCKS, "clock")):
            rows = [
                {"key": name, "text": self._words.say(f"dock.{name}"), "on": name == self._on[on]} for name in names
            ]
            model.show(rows if self._platform else [])

    def _device(self, name: str, one: dict[str, Any]) -> dict[str, Any]:
        known = one.get("verbs", {})
        kind = str(one.get("kind", ""))
        buttons = [
            {"key": b.word, "text": self._words.say(f"dock.{b.word}")}
            for b in buttons_of(kind, name.partition(".")[2])
            if b.verb in known
        ]
        title = self._title(name, kind) if kind in DEVICES else kind
        state = str(one.get("state", ""))
        laid = next((b for b in DEVICES.get(kind, ()) if b.pin and state.startswith(str(b.args["card"]))), None)
        if laid is not None:
            state = f"{state} · {self._words.say('dock.pin', pin=laid.pin)}"
        return {"key": name, "kind": kind, "title": title, "state": state, "buttons": buttons}

    def _title(self, name: str, kind: str) -> str:
        """At which terminal it stands, and what it is: of two card slots, what is put into which."""
        where, _, what = name.partition(".")
        key = f"dock.slot.{what}" if kind == "smartcard" and what in _SLOTS else f"dock.kind.{kind}"
        if where not in _WHERE:
            return self._words.say(key)
        return self._words.say("dock.of", where=self._words.say(f"dock.where.{where}"), what=self._words.say(key))

    def _get_devices(self) -> Rows:
        return self._devices

    def _get_weathers(self) -> Rows:
        return self._weathers

    def _get_clocks(self) -> Rows:
        return self._clocks

    def _get_said(self) -> str:
        return self._said

    def _get_connected(self) -> bool:
        return self._connected

    devices = Property(Rows, _get_devices, notify=fixedChanged)
    weathers = Property(Rows, _get_weathers, notify=fixedChanged)
    clocks = Property(Rows, _get_clocks, notify=fixedChanged)
    said = Property(str, _get_said, notify=changed)
    connected = Property(bool, _get_connected, notify=changed)
