"""The tools of the conformance checks: what is checked, how it is run, how it fails."""

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from drivers.errors import DriverError
from kiosk.contracts.device import Device, DeviceKind, DeviceReport

T = TypeVar("T")

HANG_SECONDS = 60.0  # a check that takes longer than this hangs


class NotConformantError(Exception):
    """What the driver did wrong, in one line."""


class NotPossibleError(Exception):
    """This subject has no hand for this check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A driver to be checked. The hands may be None; ``make`` must give a new driver that is not open."""

    kind: DeviceKind
    make: Callable[[], Device]
    wait: Callable[[Any, float], object] | None = None  # waits so many seconds for a person: read, scan, capture
    work: Callable[[Device], None] | None = None  # does once, on the open device, what it is for
    unplug: Callable[[], None] | None = None
    plug: Callable[[], None] | None = None
    garble: Callable[[], None] | None = None  # the next answers are, or are preceded by, noise
    silence: Callable[[], None] | None = None
    speak: Callable[[], None] | None = None


class Result(Enum):
    """How a check ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_POSSIBLE = "not possible"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the report."""

    check: str
    result: Result
    remark: str = ""


class Watched:
    """A driver that writes down on which threads it is called."""

    def __init__(self, device: Device, seen: set[str]) -> None:
        self._device, self._seen = device, seen

    def open(self) -> None:
        """As the driver."""
        self._note().open()

    def close(self) -> None:
        """As the driver."""
        self._note().close()

    def check(self) -> DeviceReport:
        """As the driver."""
        return self._note().check()

    def cancel(self) -> None:
        """As the driver; from any thread, so not written down."""
        self._device.cancel()

    def _note(self) -> Device:
        self._seen.add(threading.current_thread().name)
        return self._device


def judge(check: Callable[[Subject], None], subject: Subject) -> Verdict:
    """One check as a line of the report; no exception leaves it."""
    name = check.__name__.replace("_", " ")
    try:
        check(subject)
    except NotPossibleError:
        return Verdict(name, Result.NOT_POSSIBLE)
    except NotConformantError as error:
        return Verdict(name, Result.FAILED, str(error))
    except DriverError as error:
        return Verdict(name, Result.FAILED, f"unexpectedly {error.code.value}")
    except Exception as error:
        return Verdict(name, Result.FAILED, f"bug: {type(error).__name__}")
    return Verdict(name, Result.PASSED)


def on_own_thread(work: Callable[[], T]) -> T:
    """Run on a fresh thread, as drivers are always run; what it raises is raised here."""
    outcome: list[T] = []
    trouble: list[BaseException] = []

    def body() -> None:
        try:
            outcome.append(work())
        except BaseException as error:
            trouble.append(error)

    thread = threading.Thread(target=body, name="conformance", daemon=True)
    thread.start()
    thread.join(HANG_SECONDS * 2)
    if thread.is_alive():
        raise NotConformantError("hangs")
    if trouble:
        raise trouble[0]
    return outcome[0]


def with_device(subject: Subject, work: Callable[[Device], None]) -> None:
    """Run a check on a thread of its own with a new driver, which is closed in any case."""

    def body() -> None:
        device = subject.make()
        try:
            work(device)
        finally:
            device.close()

    on_own_thread(body)


def insist(truth: bool, otherwise: str) -> None:
    """NotConformantError unless it is true."""
    if not truth:
        raise NotConformantError(otherwise)


def hand(trick: T | None) -> T:
    """The hand for a trick, or NotPossibleError."""
    if trick is None:
        raise NotPossibleError
    return trick


def expect_error(call: Callable[[], object]) -> DriverError:
    """The drivers' own error, which the call must raise."""
    try:
        call()
    except DriverError as error:
        return error
    raise NotConformantError("succeeds where it cannot")


def allow_error(call: Callable[[], object]) -> None:
    """The call may work or raise the drivers' own error, nothing else."""
    try:
        call()
    except DriverError:
        return


def reopen(device: Device) -> None:
    """What the supervisor does after a failure."""
    device.close()
    device.open()
    device.check()


def eventually(call: Callable[[], object]) -> None:
    """Like the supervisor: try again until it works, or for too long."""
    until = time.monotonic() + HANG_SECONDS / 2
    while True:
        try:
            call()
        except DriverError as error:
            if time.monotonic() > until:
                raise NotConformantError(f"does not come back: {error.code.value}") from None
            threading.Event().wait(0.1)
        else:
            return


def open_files() -> int:
    """Open descriptors of this process; always 0 where the system does not tell."""
    return len(list(Path("/proc/self/fd").iterdir())) if sys.platform == "linux" else 0
