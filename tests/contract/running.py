"""The reference platform as a real process, started and ended by a test."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from kiosk.sandbox import tables as t
from kiosk.sandbox.settings import SandboxSettings

_PROGRAM = """
import json, sys
from pathlib import Path
from kiosk.sandbox.server import serve
from kiosk.sandbox.settings import SandboxSettings
given = json.loads(sys.argv[1])
given["ready_file"] = Path(given["ready_file"])
serve(SandboxSettings(**given))
"""


class Running:
    """One process at a time over one database file."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.folder = folder
        self._settings = {"clock": "manual", "seed": "test", "database": str(folder / "platform.db"), **settings}
        self.url = ""
        self.permit_key = ""
        self.ca_pem = ""
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Running":
        """Start and wait until it says where it listens."""
        ready = self.folder / "ready.json"
        ready.unlink(missing_ok=True)
        settings = {"ready_file": str(ready), **self._settings}
        program = [sys.executable, "-c", _PROGRAM, json.dumps(settings)]
        with (self.folder / "errors.txt").open("ab") as errors:
            self._process = subprocess.Popen(
                program, stderr=errors, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
            )
        deadline = time.monotonic() + 30
        while not ready.exists():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the platform did not start:\n{self.errors()}")
            time.sleep(0.01)
        told = json.loads(ready.read_text("utf-8"))
        self.url, self.permit_key, self.ca_pem = told["url"], told["permit_key"], told["ca_pem"]
        return self

    def __enter__(self) -> "Running":
        return self.start()

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.poll() is None:
            self.kill()

    @property
    def database(self) -> str:
        """Where its data lie."""
        return str(self._settings["database"])

    def everything(self) -> dict[str, list[Any]]:
        """Every row of every table, as they lie there."""
        with self.inside() as c:
            return {name: list(c.execute(sa.select(table))) for name, table in t.md.tables.items()}

    @contextlib.contextmanager
    def inside(self) -> Iterator[sa.Connection]:
        """The database itself, beside the process."""
        given = str(self._settings.get("database", self.folder / "platform.db"))
        engine = sa.create_engine(SandboxSettings(database=given).url)
        try:
            with engine.begin() as c:
                yield c
        finally:
            engine.dispose()

    def errors(self) -> str:
        """What it said of itself."""
        return (self.folder / "errors.txt").read_text("utf-8")

    def kill(self) -> None:
        """Without warning."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(10)

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        return self._process.wait(10)
