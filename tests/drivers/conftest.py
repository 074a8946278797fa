"""The hall's virtual devices as a process of their own, and the hand that lays cards and pulls cables.

A test says which devices stand on the bench and gets a running process with their addresses and a control client:

    def test_something(bench):
        hall = bench({"kiosk.id_card_reader": {"kind": "sdt", "address": "tcp:127.0.0.1:0"}})
        driver = SdtIdCardReader(hall.config("kiosk.id_card_reader", "sdt"))
        hall.hand("kiosk.id_card_reader", "lay_card", card="wang")

``bench`` may be called several times; every process ends with the test, and one that did not end cleanly fails it.
``module_bench`` is the same for a whole module, for tests that leave the devices as they found them.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from kiosk.config import DeviceConfig

PATIENCE = 60.0  # seconds until a bench that does not come up is called dead; never a measure of speed
ROOT = Path(__file__).resolve().parents[2]

Spec = Mapping[str, Mapping[str, object]]  # values as TOML and JSON write alike


class ControlRefusedError(AssertionError):
    """The bench answered a control line with an error."""


class Control:
    """JSON lines to the bench: one request, one answer, in order."""

    def __init__(self, address: str) -> None:
        scheme, host, port = address.split(":")
        assert scheme == "tcp", address
        self._socket = socket.create_connection((host, int(port)), timeout=PATIENCE)
        self._lines = self._socket.makefile("rb")
        self._ids = count(1)

    def ask(self, **request: Any) -> Any:
        """Send one request and return the answer's value."""
        number = next(self._ids)
        self._socket.sendall(json.dumps({"id": number, **request}, ensure_ascii=False).encode() + b"\n")
        line = self._lines.readline()
        assert line, "the bench closed the control channel"
        answer = json.loads(line)
        assert answer.get("id") == number, answer
        if not answer["ok"]:
            raise ControlRefusedError(answer["error"])
        return answer.get("value")

    def close(self) -> None:
        """Hang up."""
        self._lines.close()
        self._socket.close()


class Hall:
    """One running bench process."""

    def __init__(self, folder: Path, devices: Spec, tables: Spec, environment: Mapping[str, str]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        spec, self._ready, self._log = folder / "bench.toml", folder / "ready.json", folder / "bench.log"
        spec.write_text(_toml(devices, tables), "utf-8")
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "drivers.virtual", "--bench", str(spec), "--ready", str(self._ready)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
            )
        try:
            ready = self._wait_ready()
            self.addresses: dict[str, str] = ready["devices"]
            self.folder = Path(ready.get("folder", folder))
            self.environment: dict[str, str] = ready.get("environment", {})  # what a driver's process needs
            self.control = Control(ready["control"])
        except BaseException:
            self.process.kill()
            self.process.wait()
            raise

    def _wait_ready(self) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE
        while not self._ready.exists():
            try:
                self.process.wait(0.02)
            except subprocess.TimeoutExpired:
                assert time.monotonic() < deadline, f"the bench is not ready:\n{self.log()}"
            else:
                raise AssertionError(f"the bench ended with {self.process.returncode}:\n{self.log()}")
        return json.loads(self._ready.read_text("utf-8"))  # type: ignore[no-any-return]

    def log(self) -> str:
        """What the bench said so far."""
        return self._log.read_text("utf-8", errors="replace")

    def config(self, device: str, driver: str, **options: str) -> DeviceConfig:
        """The configuration with which a driver reaches this device."""
        return DeviceConfig(driver=driver, address=self.addresses[device], options=options)

    def hand(self, device: str, verb: str, **args: Any) -> Any:
        """Do something to a device: lay a card, pull a cable."""
        return self.control.ask(device=device, do=verb, args=args)

    def devices(self) -> Any:
        """What stands on the bench: kinds, states and verbs."""
        return self.control.ask(do="list")

    def close(self) -> None:
        """End the process and insist that it went cleanly."""
        self.control.close()
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"the bench did not end on SIGTERM:\n{self.log()}") from None
        assert self.process.returncode == 0, f"the bench ended with {self.process.returncode}:\n{self.log()}"
        assert "Traceback" not in self.log(), self.log()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _toml(devices: Spec, tables: Spec) -> str:
    lines = ["[control]", 'address = "tcp:127.0.0.1:0"']
    named = {f"devices.{json.dumps(name)}": keys for name, keys in devices.items()}
    for name, keys in {**tables, **named}.items():
        lines += ["", f"[{name}]"]
        lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items()]
    return "\n".join(lines) + "\n"


Bench = Callable[..., Hall]  # devices, other tables of the bench file, environment
NO_TABLES: Spec = {}


def _benches(folder: Path) -> Iterator[Bench]:
    halls: list[Hall] = []

    def start(devices: Spec, tables: Spec = NO_TABLES, **environment: str) -> Hall:
        hall = Hall(folder / f"bench-{len(halls)}", devices, tables, environment)
        halls.append(hall)
        return hall

    yield start
    unclean: list[AssertionError] = []
    for hall in reversed(halls):
        try:
            hall.close()
        except AssertionError as error:
            unclean.append(error)
    if unclean:
        raise unclean[0]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """Starts benches that live as long as one test."""
    yield from _benches(tmp_path)


@pytest.fixture(scope="module")
def module_bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Starts benches that live as long as one module."""
    yield from _benches(tmp_path_factory.mktemp("module-bench"))
