"""The stage: everything of one hall on this machine, running; hands for windows, devices and departments."""

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import ground as g
from .lines import Hall, Line
from .office import Office
from .processes import Child, DemoError, Family


@dataclass(slots=True)
class Window:
    """One terminal's window, with the pilot's hands on it, which count what they do as the plan counts burden."""

    child: Child
    line: Line
    has_customers: bool = False  # a second screen, for the citizen
    keystrokes: int = 0
    touches: int = 0
    scans: int = 0

    def do(self, name: str, *args: Any, seconds: float = 90) -> Any:
        """One command of the pilot."""
        self.child.check()
        composed = len(str(args[0])) + 1 if name == "compose" else 0  # the letters, and the key that chooses
        typed = sum(len(str(arg)) for arg in args) if name == "type" else 0
        self.keystrokes += composed + typed + (len(args) if name == "keys" else 0)
        self.touches += name in ("tap", "click", "draw")
        self.scans += name == "wedge"
        return self.line.ask(seconds, do=name, args=list(args))

    def tap(self, *names: str) -> None:
        """Touch one thing after the other."""
        for name in names:
            self.do("tap", name)

    def customers(self, name: str, *args: Any, seconds: float = 90) -> Any:
        """One command of the pilot on the citizen's screen of this window; no burden of the clerk's."""
        self.child.check()
        return self.line.ask(seconds, do=name, args=list(args), glass="customer")

    def customer_sees(self, step: str, seconds: float = 30) -> None:
        """Wait for a moment of the citizen's screen."""
        self.customers("wait_page", step, seconds, seconds=seconds + 30)

    def page(self, step: str, seconds: float = 30) -> None:
        """Wait for a screen."""
        self.do("wait_page", step, seconds, seconds=seconds + 30)

    def sees(self, text: str, seconds: float = 30) -> None:
        """Wait for a text."""
        self.do("wait_text", text, seconds, seconds=seconds + 30)


@dataclass(slots=True)
class Stage:
    """What a story plays on."""

    ground: g.Ground
    family: Family
    hall: Hall
    office: Office
    configs: dict[str, Path]
    platform: dict[str, str]
    control: str
    screen: bool
    lines: list[Line]  # to the pilots that were let in
    customer: bool = False  # the window has a second screen
    devices: frozenset[str] = frozenset()  # of the hall, as far as they are there

    def has(self, device: str) -> bool:
        """Whether the hall has that device."""
        return device in self.devices

    def open(self, name: str) -> Window:
        """Start a terminal with a pilot."""
        child = self.family.start(name, "kiosk", "run", "--config", str(self.configs[name]), pilot=True)
        assert child.pilot is not None
        self.lines.append(Line(child.pilot, name))
        return Window(child, self.lines[-1], self.customer and name == "window")

    def close(self, window: Window) -> None:
        """End a terminal as a service manager would; it must end well."""
        code = self.family.stop(window.child)
        if code != 0:
            raise DemoError(f"{window.child.name} ended with {code}, see {window.child.log}")

    def verify_audit(self, name: str) -> str:
        """What ``kiosk audit verify`` says of a terminal's chain."""
        code, said = self._kiosk("audit", "verify", "--config", str(self.configs[name]))
        return "verified" if code == 0 else said

    def settled(self, name: str, seconds: float = 20) -> bool:
        """Whether a running terminal owes nothing any more, waiting for it a while."""
        until = time.monotonic() + seconds
        while self._kiosk("owed", "--config", str(self.configs[name]))[0] != 0:
            if time.monotonic() > until:
                return False
        return True

    def _kiosk(self, *args: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "kiosk", *args]
        run = subprocess.run(command, env=dict(self.family.env), capture_output=True, text=True, check=False)
        return run.returncode, (run.stdout + run.stderr).strip()


@contextlib.contextmanager
def set_up(
    out: Path, *, screen: bool, landscape: bool = False, clock: str = "manual", exercise: str = "",
    customer: bool = False,
) -> Iterator[Stage]:  # fmt: skip
    """Reference platform and virtual hall run, configurations are written; terminals are opened by the story.
    ``exercise``: what lies in the hall when the doors open; empty: nothing. ``customer``: the window has a second
    screen, for the citizen."""
    ground = g.prepare(out)
    family = Family(ground.work, g.environment(screen=screen))
    hall: Hall | None = None
    lines: list[Line] = []
    try:
        bench_ready, platform_ready = ground.work / "hall.json", ground.work / "platform.json"
        bench = family.start(
            "virtual-hall", "drivers.virtual", "--bench", str(g.write_bench(ground)), "--ready", str(bench_ready)
        )
        sandbox = family.start(
            "platform", "kiosk", "sandbox", "--port", "0", "--data", str(ground.work / "platform.db"),
            "--ready", str(platform_ready), "--clock", clock, *(("--scenario", exercise) if exercise else ()),
        )  # fmt: skip
        platform = family.ready(sandbox, platform_ready)
        devices = family.ready(bench, bench_ready)
        family.env = {**family.env, **devices.get("environment", {})}  # where the bench's own card service listens
        hall = Hall(devices["control"])
        zooms = (0.45, 0.6) if screen else (1.0, 1.0)  # three windows beside one another on a desk's screen
        seen = devices["devices"]
        configs = {
            "kiosk": g.write_terminal(ground, "citizen", seen, platform, portrait=not landscape, zoom=zooms[0]),
            "window": g.write_terminal(
                ground, "window", seen, platform, portrait=False, zoom=zooms[1], customer=customer
            ),
            "wall": g.write_terminal(ground, "wall", seen, platform, portrait=False, zoom=zooms[1]),
        }
        office = Office(platform["url"])
        there = frozenset(name for name, address in seen.items() if address)
        yield Stage(
            ground, family, hall, office, configs, platform, devices["control"], screen, lines, customer, there
        )
    finally:
        if hall is not None:
            hall.close()
        for line in lines:
            line.close()
        family.stop_all()
