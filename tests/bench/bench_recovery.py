"""How long a device is away after each fault, from the hand that helps to the first READY.

python -m tests.bench.bench_recovery [ROUNDS]

The target is five seconds after the plug is back. The real supervisor with its usual patience, the real drivers, the
virtual receipt printer at the other end of the wire.
"""

import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from drivers.isolated import IsolatedDevice
from drivers.supervisor import Supervisor
from drivers.worker import Patience
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceState
from tests.drivers.conftest import Hall
from tests.unit.drivers.stage import Reports, TestClock

PRINTER, KIND = "kiosk.receipt_printer", DeviceKind.RECEIPT_PRINTER
TARGET = 5.0  # seconds
Hand = Callable[[Hall, Supervisor], None]


def hand(verb: str) -> Hand:
    """A hand on the device."""
    return lambda hall, _: hall.hand(PRINTER, verb)


def kill(deadly: signal.Signals) -> Hand:
    """What a vendor's library may do to its process."""

    def act(hall: Hall, supervisor: Supervisor) -> None:
        worker = supervisor.device(KIND)._worker  # type: ignore[attr-defined]
        assert isinstance(worker.device, IsolatedDevice) and worker.device.pid
        os.kill(worker.device.pid, deadly)

    return act


def nothing(hall: Hall, supervisor: Supervisor) -> None:
    """It helps itself."""


# name, trouble, state it is in then, help, in a process of its own, plugged in for so long again (seconds)
FAULTS: tuple[tuple[str, Hand, DeviceState, Hand, bool, float], ...] = (
    ("power back at once", hand("power_off"), DeviceState.ABSENT, hand("power_on"), False, 0.0),
    ("power back after 5 s", hand("power_off"), DeviceState.ABSENT, hand("power_on"), False, 5.0),
    ("cover closed", hand("open_cover"), DeviceState.NEEDS_HAND, hand("close_cover"), False, 0.0),
    ("paper put in", hand("paper_out"), DeviceState.NEEDS_HAND, hand("paper_in"), False, 0.0),
    ("answers again", hand("mute"), DeviceState.NEEDS_HAND, hand("unmute"), False, 0.0),
    ("process SIGSEGV", kill(signal.SIGSEGV), DeviceState.FAILED, nothing, True, 0.0),
    ("process SIGKILL", kill(signal.SIGKILL), DeviceState.FAILED, nothing, True, 0.0),
    ("process stopped", kill(signal.SIGSTOP), DeviceState.FAILED, nothing, True, 0.0),
)


def away(hall: Hall, trouble: Hand, state: DeviceState, help_: Hand, process: bool, pause: float) -> float:
    """Seconds from the help to READY."""
    config = DeviceConfig(driver="escpos", address=hall.addresses[PRINTER], process=process)
    supervisor = Supervisor({KIND: config}, TestClock(), patience=Patience(check=3.0))
    reports = Reports()
    supervisor.subscribe(reports)
    supervisor.start()
    try:
        reports.wait(DeviceState.READY)
        mark = len(reports.seen)
        trouble(hall, supervisor)
        reports.wait(state, after=mark)
        mark = len(reports.seen)
        time.sleep(pause)
        begin = time.monotonic()
        help_(hall, supervisor)
        reports.wait(DeviceState.READY, after=mark)
        return time.monotonic() - begin
    finally:
        supervisor.stop()


def main() -> int:
    """Measure and print; 1 when a median misses the target."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        devices = {PRINTER: {"kind": "escpos", "address": "tcp:127.0.0.1:0"}}
        with Hall(Path(folder) / "bench", devices, {}, {}) as hall:
            for name, trouble, state, help_, process, pause in FAULTS:
                times = [away(hall, trouble, state, help_, process, pause) for _ in range(rounds)]
                median = statistics.median(times)
                missed += median > TARGET
                print(f"{name:22} median {median:5.2f} s, worst {max(times):5.2f} s  (target {TARGET:.0f} s)")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
