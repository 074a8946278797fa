"""The reference platform as a real process, started and ended by a test."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from kiosk.sandbox import tables as t
from kiosk.sandbox.settings import SandboxSettings

NewDatabase = Callable[[], str]  # makes an empty database and says where
_STARTED = 300.0  # seconds; a killed one reads its log of changes first, on a machine that eight windows share
_PROGRAM = """
import importlib, json, sys
from pathlib import Path
from kiosk.sandbox.server import serve
from kiosk.sandbox.settings import SandboxSettings
given = json.loads(sys.argv[1])
given["ready_file"] = Path(given["ready_file"])
if spoilt := given.pop("spoilt", None):  # a negative control: the platform with one of its guards taken out
    getattr(importlib.import_module("tests.contract.spoilt"), spoilt)()
serve(SandboxSettings(**given))
"""


class Running:
    """One process at a time over one database; several of these may share a PostgreSQL."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.folder = folder
        self._settings = {"clock": "manual", "seed": "test", "database": str(folder / "platform.db"), **settings}
        self.url = ""
        self.permit_key = ""
        self.ca_pem = ""
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def ready_file(self) -> Path:
        """Where it writes its address; another one after every start."""
        return self.folder / "ready.json"

    def start(self) -> "Running":
        """Start and wait until it says where it listens."""
        ready = self.ready_file
        ready.unlink(missing_ok=True)
        settings = {"ready_file": str(ready), **self._settings}
        program = [sys.executable, "-c", _PROGRAM, json.dumps(settings)]
        with (self.folder / "errors.txt").open("ab") as errors:
            self._process = subprocess.Popen(
                program, stderr=errors, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
            )
        deadline = time.monotonic() + _STARTED
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
        engine = sa.create_engine(SandboxSettings(database=self.database).url)
        try:
            with engine.begin() as c:
                yield c
        finally:
            engine.dispose()

    @property
    def pid(self) -> int:
        """Of the process that runs now."""
        assert self._process is not None
        return self._process.pid

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
