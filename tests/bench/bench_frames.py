"""How soon the glass answers a finger while everything happens at once, against the same finger on a quiet terminal.

python -m tests.bench.bench_frames [INTENTS] [SECONDS]

The terminal is a process of its own, drawn by software without a screen. Quiet: its home screen, nothing owed; then a
visit up to the page of the check, for its page changes. Then everything at once, in the same run: the camera is on,
the card on the reader is looked for, slips are printed one after the other, and an outage's intents go out to the
reference platform, to the last of them. Platform and devices, other machines in a hall, run on this one's cores too.

``made``: from a step to its page. Of that, ``page``: for how long at most the event loop made the page without a look
at anything else; ``frame``: for how long it finished and painted it.

``touch``: from the finger to the frame that shows it. ``stall``: for how long the window's event loop did something
else than answer a timer of 5 ms. ``work``: how much of it was the thread's own work, and not waiting for a processor
or the interpreter; ``held``: for how long it waited for the interpreter. ``left``: a stall without the time in which
a processor was not there at all, because the host of a virtual machine lends it to others. ``floor``: the stalls of a
program that does nothing else but wait for 5 ms, at the same time. Judge by floor, left and ratio: absolute times
belong to the machine. Runs ahead of other programs where it may.

With BENCH_BLAME the longest stalls are told one by one, with their moment on the monotonic clock.
"""

import contextlib
import os
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import quantiles
from typing import Any

from kiosk.config import load
from kiosk.demo.stage import Stage, Window, set_up
from offline_cache import outbox
from offline_cache.clock import PlatformClock
from offline_cache.database import open_store
from offline_cache.outbox import Sealed
from offline_cache.wire import sent
from tests.bench.bench_catch_up import case_of
from tests.faults.hall import form
from tests.journeys.measured_terminal import start
from tests.journeys.stopwatches import BEAT_MS, LATE
from tests.journeys.visiting import CAMERA, READER, described, identified, leave_later, name_page, to_card

_AHEAD = -15  # niceness
_KINDS = ("receipt_printer", "id_card_reader", "face_camera")
_DRAINED = 3600.0  # seconds within which everything owed is with the platform
FINGER_ON = "help_call"  # there on every screen, with the feedback of every button


def fill(config: Path, intents: int) -> None:
    """A long outage: drafts of other people that wait for the platform."""
    store = open_store(Path(load(config).store.path), "file", 0)
    now = PlatformClock().now()
    with store.write() as db:
        for number in range(intents):
            case_id, slip = case_of(number)
            body = sent.draft(slip, form())
            outbox.put(
                db, Sealed("putDraft", case_id, slip, f"/v1/cases/{case_id}/draft", body, f"b{number}", False), now
            )
    store.close()


class Floor:
    """The same beat in a program that does nothing else: what the machine makes of 5 ms just then."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        last = time.perf_counter()
        while not self._over.is_set():
            time.sleep(BEAT_MS / 1000)
            now = time.perf_counter()
            self.gaps.append(max(0.0, now - last - BEAT_MS / 1000))
            last = now

    def __enter__(self) -> "Floor":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


def watched(kiosk: Window, seconds: float, *, drained: bool = False) -> dict[str, Any]:
    """A finger again and again, and the floor under it."""
    with Floor() as floor:
        found: dict[str, Any] = kiosk.do("watch", FINGER_ON, seconds, drained, seconds=seconds + _DRAINED)
    late = sum(gap > LATE for gap in floor.gaps)
    return {**found, "floor": max(floor.gaps), "floor_p99": quantiles(floor.gaps, n=100)[98], "floor_late": late}


def turned(stage: Stage, kiosk: Window) -> dict[str, Any]:
    """A visit from home to the page of the check, and away."""
    kiosk.do("turns_on")
    identified(stage, kiosk)
    name_page(kiosk, "明月清风")
    kiosk.tap("check")
    described(kiosk)
    leave_later(kiosk)
    found: dict[str, Any] = kiosk.do("turns_off")
    return found


def quiet(stage: Stage, seconds: float) -> tuple[dict[str, Any], dict[str, Any]]:
    """The home screen of a terminal that owes nothing, and a visit there."""
    kiosk = start(stage)
    kiosk.page("home")
    watched(kiosk, 2)
    found = watched(kiosk, seconds)
    pages = turned(stage, kiosk)
    stage.close(kiosk)
    return found, pages


def everything(stage: Stage, intents: int, seconds: float) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """What was seen, and what was owed and done before and after it."""
    fill(stage.configs["kiosk"], intents)
    stage.office.weather(offline=True)
    stage.hall.do(CAMERA, "show", scene="face", variant="far")
    kiosk = start(stage)
    kiosk.page("home")
    to_card(kiosk)
    stage.hall.do(READER, "lay_card", card="wang")
    kiosk.page("verify_face", 60)
    kiosk.sees("靠近", 60)
    kiosk.do("print_on")
    kiosk.do("poll_on")
    kiosk.do("look_on")
    stage.office.weather()
    until = kiosk.do("owed")["waiting"]
    while kiosk.do("owed")["waiting"] == until:  # the line is looked for now and then
        kiosk.do("settle")
    before = kiosk.do("owed")
    found = watched(kiosk, seconds, drained=True)
    after = kiosk.do("owed")
    assert kiosk.do("page") == "verify_face"
    stage.close(kiosk)
    return found, before, after


def show(name: str, found: dict[str, Any]) -> None:
    """Seven lines."""
    ms = {key: value * 1000 for key, value in found.items() if isinstance(value, float)}
    echoes = f" ({found['echoes']} taken for echoes)" if found["echoes"] else ""
    print(f"{name}, {found['touches']} touches{echoes}, {found['beats']:,} beats")
    print(f"  touch   p50 {ms['p50']:6.1f}  p99 {ms['p99']:6.1f}  longest {ms['most']:6.1f} ms")
    print(f"  stall   p99 {ms['gap_p99']:6.1f}  longest {ms['gap']:6.1f} ms, {found['late']} over 50 ms")
    print(f"  left    p99 {ms['left_p99']:6.1f}  longest {ms['left']:6.1f} ms, {found['left_late']} over 50 ms")
    print(f"  floor   p99 {ms['floor_p99']:6.1f}  longest {ms['floor']:6.1f} ms, {found['floor_late']} over 50 ms")
    print(f"  work    p99 {ms['work_p99']:6.1f}  longest {ms['work']:6.1f} ms, {found['work_late']} over 50 ms")
    print(f"  held    p99 {ms['held_p99']:6.1f}  longest {ms['held']:6.1f} ms, {found['held_late']} over 50 ms")
    print(f"  host    took {found['taken']:.1%} of a processor")


def show_turns(found: dict[str, Any]) -> None:
    """Three lines for each part of a page change, its making and its first frame; and how long it took."""
    made = found["made"]
    print(f"  page  made  p50 {made['p50'] * 1000:6.1f}  longest {made['longest'] * 1000:6.1f} ms")
    for part in ("page", "frame"):
        of = found[part]
        for what in ("stall", "left", "work"):
            figures = f"p50 {of[what]['p50'] * 1000:6.1f}  longest {of[what]['longest'] * 1000:6.1f} ms"
            print(f"  {part:5} {what:5} {figures}, {of[what]['late']} of {of['count']} over 50 ms")


def main() -> int:
    """Print both and their ratio."""
    given = [int(one) for one in sys.argv[1:]]
    intents, seconds = (*given, *(10_000, 40)[len(given) :])
    with contextlib.suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, _AHEAD)
    with tempfile.TemporaryDirectory() as folder, set_up(Path(folder), screen=False, clock="real") as stage:
        still, pages = quiet(stage, seconds / 2)
        found, before, after = everything(stage, intents, seconds)
    gone = before["waiting"] - after["waiting"]
    work = {key: after.get(key, 0) - before.get(key, 0) for key in _KINDS}
    printed, looks, faces = (work[key] for key in _KINDS)
    print(f"\n{gone:,} intents gone out, {printed} pages printed, {looks} waits for the card to be taken")
    print(f"the camera begun anew {faces} times")
    show("quiet", still)
    show_turns(pages)
    show("everything", found)
    print(f"ratio: touch p50 {found['p50'] / still['p50']:.2f}, p99 {found['p99'] / still['p99']:.2f}")
    if os.environ.get("BENCH_BLAME"):
        for part in ("page", "frame"):
            print(f"  {part}: " + ", ".join(f"{name} {own * 1000:.1f}" for name, own in pages[part]["worst"]))
        for left, gap, own, held, at in found["worst"]:
            parts = f"worked {own * 1000:6.1f}, held {held * 1000:6.1f}"
            print(f"  {left * 1000:6.1f} of {gap * 1000:6.1f} ms left, {parts}, at {at:.3f}")
        for where, count in found["blamed"]:
            print(f"  {count:5} {where}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
