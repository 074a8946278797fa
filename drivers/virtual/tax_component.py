"""Virtual tax devices behind an official component: a program of its own that the driver runs, and a hand that plugs
devices in and lets the program misbehave. Address: empty; the driver gets ``component:/…/component``.
"""

import json
import shlex
import stat
import sys
from importlib.resources import files
from pathlib import Path

from .device import BenchError, VirtualDevice, verb

FAULTS = ("hang", "abort", "kill", "exit", "noise", "flood", "nest", "blank")


class TaxComponent(VirtualDevice):
    """One port for tax devices, and the program that alone can read it."""

    async def start(self) -> str:
        """Install the program; the port is empty."""
        stem = self.place.folder / self.place.file_stem(self.name)
        self._program = stem.with_name(stem.name + "-component")
        self._state = stem.with_name(stem.name + "-component.state")
        self._fault = self._state.with_suffix(".fault")
        self._written: dict[str, dict[str, str]] = {}
        self._number = ""
        self._write()
        self.heal()
        source = Path(str(files(__package__).joinpath("tax_component_program.py")))
        command = shlex.join([sys.executable, "-S", "-E", str(source), str(self._state)])
        self._program.write_text(f"#!/bin/sh\nexec {command}\n", "utf-8")
        self._program.chmod(self._program.stat().st_mode | stat.S_IXUSR)
        return f"component:{self._program}"

    async def stop(self) -> None:
        """Nothing runs between two questions; the files go with the bench's folder."""

    def state(self) -> str:
        """Which device is in."""
        return self._number or "empty"

    @verb
    def insert(self, card: str) -> None:
        """Plug a device in: ``tax:`` and its number; one nobody has written is blank."""
        self._number = card.removeprefix("tax:")
        self._write()

    @verb
    def remove(self) -> None:
        """Pull it out."""
        self._number = ""
        self._write()

    @verb
    def write_tax_device(self, number: str, uscc: str = "", holder: str = "", status: str = "issued") -> None:
        """What the tax office's own software writes."""
        self._written[number] = {"status": status, "uscc": uscc, "holder": holder}
        self._write()

    @verb
    def say(self, text: str) -> None:
        """Let the program answer with this line, until something is plugged in or pulled."""
        self._replace(self._state, text)

    @verb
    def misbehave(self, what: str, once: bool = False) -> None:
        """Let the program hang, abort, kill itself, exit with an error, make noise, flood, nest, or say nothing."""
        if what not in FAULTS:
            raise BenchError(f"what is one of: {', '.join(FAULTS)}")
        self._replace(self._fault, f"{what}{' once' if once else ''}")

    @verb
    def heal(self) -> None:
        """The program is well again."""
        self._fault.unlink(missing_ok=True)

    def _write(self) -> None:
        blank = {"status": "blank", "uscc": "", "holder": ""}
        device = {"number": self._number, **self._written.get(self._number, blank)} if self._number else None
        self._replace(self._state, json.dumps({"device": device}, ensure_ascii=False))

    def _replace(self, path: Path, text: str) -> None:
        draft = path.with_name(path.name + ".new")
        draft.write_text(text, "utf-8")
        draft.replace(path)
