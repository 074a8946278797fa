"""The terminal as it is, with instruments in it: started in place of ``kiosk run`` by whoever measures.

python -m tests.journeys.measured_terminal --config FILE --pilot-fd N

Nothing of the terminal is replaced. Hands are added to the pilot's: ``watch`` puts a finger on the glass again and
again for some seconds, or until nothing is owed any more, and says how long the window took to show it, and how long
its event loop did nothing else; ``turns_on`` and ``turns_off`` say the same of every page change between them;
``print_on`` and ``poll_on`` keep the printer and the card reader at work, one job after the other and as fast as
paper moves, on the workers that a visit uses, and ``look_on`` the camera, whenever it has found no good picture;
``owed`` and ``counted`` look at figures.
"""

import argparse
import ctypes
import gc
import time
from collections import Counter
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtQml import qmlEngine

from kiosk import assembly
from kiosk.code_tables.policy_guides import GuideId, policy_guide
from kiosk.config import load
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.printing import ReceiptPrinter
from kiosk.demo.lines import Line
from kiosk.demo.stage import Stage, Window
from kiosk.domain.document import Language
from kiosk.faults import Fault
from kiosk.rules.documents.guide_page import guide_page
from ui import pilot_port
from ui.pilot import Pilot, walk

from .stopwatches import Stopwatch, Turns

SLIP_SECONDS = 1.5  # for 30 cm of paper at 200 mm a second; the virtual printer's paper comes out at once


class Work:
    """Jobs for devices, one after the other, until the terminal ends."""

    def __init__(self) -> None:
        self.terminal: assembly.Terminal | None = None
        self.turns: Turns | None = None
        self.done: Counter[str] = Counter()

    def keep_on(self, kind: DeviceKind, job: Any) -> None:
        """That job again and again."""
        assert self.terminal is not None
        device = self.terminal.supervisor.device(kind)

        def again(_: object) -> None:
            self.done[kind.value] += 1
            device.submit(job, again)

        device.submit(job, again)


WORK = Work()


def watch(pilot: Pilot, name: str, seconds: float, drained: bool = False) -> dict[str, Any]:
    """A finger on the thing of that name, for some seconds; ``drained``: on until nothing is owed."""
    return Stopwatch(pilot, name).run(seconds, (lambda: not owed(pilot)["waiting"]) if drained else None)


def turns_on(pilot: Pilot) -> None:
    """From now on page changes are timed."""
    WORK.turns = Turns(pilot)


def turns_off(_: Pilot) -> dict[str, Any]:
    """What they took."""
    assert WORK.turns is not None
    found, WORK.turns = WORK.turns.end(), None
    return found


def print_on(_: Pilot) -> None:
    """Page after page of the longest guide."""
    page = guide_page(policy_guide(GuideId("plan")), "示例区政务服务中心", Language.ZH)

    def print_one(printer: ReceiptPrinter) -> Any:
        begun = time.monotonic()
        printed = printer.print_receipt(page)
        time.sleep(max(0.0, SLIP_SECONDS - (time.monotonic() - begun)))
        return printed

    WORK.keep_on(DeviceKind.RECEIPT_PRINTER, print_one)


def poll_on(_: Pilot) -> None:
    """Whether the card still lies there."""
    WORK.keep_on(DeviceKind.ID_CARD_READER, lambda reader: reader.wait_removed(5.0))


def look_on(pilot: Pilot) -> None:
    """Whoever stands too far from the camera tries again and again."""

    def again() -> None:
        scene = pilot._visit._scene
        if scene is not None and scene.state.step == "verify_face" and scene.state.busy is None:
            WORK.done[DeviceKind.FACE_CAMERA.value] += 1
            pilot._visit.act("retry")

    timer = QTimer(pilot._visit)
    timer.timeout.connect(again)
    timer.start(1000)


def owed(_: Pilot) -> dict[str, Any]:
    """What waits for the platform, and what the devices have done."""
    assert WORK.terminal is not None
    return {"waiting": WORK.terminal.cache.ledger.state().waiting, **WORK.done}


def counted(pilot: Pilot) -> dict[str, int]:
    """How many things there are: Python's, Qt's, and those on the glass. First everything that only waits to be
    swept up or given back goes: the script engine's, Python's, SQLite's and the C library's."""
    script = qmlEngine(pilot.window.contentItem())
    assert script is not None
    script.collectGarbage()
    gc.collect()
    assert WORK.terminal is not None and WORK.terminal.cache._store is not None
    for hold in (WORK.terminal.cache._store.read, WORK.terminal.cache._store.write):
        with hold() as db:  # pages of a growing file, up to a bound of each connection's own
            db.execute("PRAGMA shrink_memory")
    ctypes.CDLL(None).malloc_trim(0)
    engine = pilot.window.findChildren(QObject)
    return {
        "objects": len(gc.get_objects()),
        "kept": gc.get_freeze_count(),
        "qobjects": len(engine) + len(pilot._visit.parent().findChildren(QObject)),
        "items": sum(1 for _ in walk(pilot.window.contentItem())),
    }


def start(stage: Stage, name: str = "kiosk") -> Window:
    """Such a terminal on the stage, in place of ``stage.open``."""
    config = str(stage.configs[name])
    child = stage.family.start(name, "tests.journeys.measured_terminal", "--config", config, pilot=True)
    assert child.pilot is not None
    stage.lines.append(Line(child.pilot, name))
    return Window(child, stage.lines[-1])


def main() -> int:
    """Run the terminal."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--pilot-fd", type=int, required=True)
    given = parser.parse_args()
    config = load(given.config)
    assert not isinstance(config, Fault), config
    hands = (watch, turns_on, turns_off, print_on, poll_on, look_on, owed, counted)
    for hand in hands:
        setattr(Pilot, hand.__name__, hand)
    pilot_port._EYES += tuple(hand.__name__ for hand in hands)
    begin = assembly.start

    def noted(terminal: assembly.Terminal) -> None:
        WORK.terminal = terminal
        begin(terminal)

    assembly.start = noted
    code = assembly.run(config, given.pilot_fd)
    assert not isinstance(code, Fault), code
    return code


if __name__ == "__main__":
    raise SystemExit(main())
