"""Children of the demo: started in order, waited for by their ready files, ended in reverse order."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast


class DemoError(Exception):
    """The demo cannot go on; one line for a person."""


@dataclass(slots=True)
class Child:
    """One process with its log."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    pilot: socket.socket | None = None

    def check(self) -> None:
        """DemoError when it has ended by itself."""
        code = self.process.poll()
        if code is not None:
            last = self.log.read_text("utf-8", "replace").strip().splitlines()[-1:]
            raise DemoError(f"{self.name} ended with {code}: {last[0] if last else 'no word'}")


@dataclass(slots=True)
class Family:
    """All children of one demo."""

    work: Path
    env: Mapping[str, str]
    children: list[Child] = field(default_factory=list)

    def start(self, name: str, *args: str, pilot: bool = False) -> Child:
        """Start ``python -m args``; with ``pilot`` the child inherits one end of a socket pair as ``--pilot-fd``."""
        log = self.work / f"{name}.log"
        ours, theirs = socket.socketpair() if pilot else (None, None)
        command = [sys.executable, "-m", *args]
        if theirs is not None:
            command += ["--pilot-fd", str(theirs.fileno())]
        with log.open("wb") as sink:
            process = subprocess.Popen(
                command,
                env=dict(self.env),
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                pass_fds=() if theirs is None else (theirs.fileno(),),
            )
        if theirs is not None:
            theirs.close()
        child = Child(name, process, log, ours)
        self.children.append(child)
        return child

    def ready(self, child: Child, file: Path, seconds: float = 60) -> dict[str, Any]:
        """What a child wrote into its ready file."""
        until = time.monotonic() + seconds
        while not file.exists():
            child.check()
            if time.monotonic() > until:
                raise DemoError(f"{child.name} was not ready within {seconds:.0f} s, see {child.log}")
            time.sleep(0.02)
        return cast(dict[str, Any], json.loads(file.read_text("utf-8")))

    def stop(self, child: Child, seconds: float = 15) -> int:
        """End one child politely, then firmly; its exit code."""
        if child.pilot is not None:
            child.pilot.close()
        if child.process.poll() is None:
            child.process.send_signal(signal.SIGTERM)
            try:
                child.process.wait(seconds)
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
        if child in self.children:
            self.children.remove(child)
        return child.process.returncode

    def stop_all(self) -> None:
        """End everything in reverse order."""
        for child in list(reversed(self.children)):
            self.stop(child)
