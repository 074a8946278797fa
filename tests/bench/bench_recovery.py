"""How long a device is away after each fault, from the hand that helps to the first READY.

python -m tests.bench.bench_recovery [ROUNDS]

The target is five seconds after the plug is back. The real supervisor with its usual patience, the real drivers, the
virtual devices at the other end of the wire: a receipt printer, an identity-card reader, chip cards behind a PC/SC
service, a tax UKey behind its maker's library.
"""

import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from drivers.isolated import IsolatedDevice
from drivers.supervisor import Supervisor
from drivers.worker import Patience
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceState
from tests.drivers.conftest import Hall
from tests.unit.drivers.stage import Reports, TestClock

TARGET = 5.0  # seconds
Hand = Callable[[Hall, Supervisor], None]


@dataclass(frozen=True)
class Bench:
    """A kind of device, its driver, and what stands on the bench for it; hands touch the first."""

    kind: DeviceKind
    driver: str
    devices: dict[str, dict[str, object]]

    @property
    def name(self) -> str:
        """The device that the driver reaches."""
        return next(iter(self.devices))


TCP = "tcp:127.0.0.1:0"
PRINTER = Bench(DeviceKind.RECEIPT_PRINTER, "escpos", {"printer": {"kind": "escpos", "address": TCP}})
READER = Bench(DeviceKind.ID_CARD_READER, "sdt", {"reader": {"kind": "sdt", "address": TCP}})
CHIP = Bench(
    DeviceKind.STAFF_CARD_READER,
    "pcsc",
    {
        "slot": {"kind": "smartcard", "address": "pcsc:Virtual PCD 00 00"},
        "service": {"kind": "pcscd", "address": "pcscd:"},
    },
)
TOKEN = Bench(DeviceKind.TAX_DEVICE, "skf", {"token": {"kind": "skf"}})


def hand(bench: Bench, verb: str, device: str = "", **args: object) -> Hand:
    """A hand on the device, or on another one of its bench."""
    return lambda hall, _: hall.hand(device or bench.name, verb, **args)


def kill(bench: Bench, deadly: signal.Signals) -> Hand:
    """What a vendor's library may do to its process."""

    def act(hall: Hall, supervisor: Supervisor) -> None:
        worker = supervisor.device(bench.kind)._worker  # type: ignore[attr-defined]
        assert isinstance(worker.device, IsolatedDevice) and worker.device.pid
        os.kill(worker.device.pid, deadly)

    return act


def nothing(hall: Hall, supervisor: Supervisor) -> None:
    """It helps itself."""


@dataclass(frozen=True)
class Trouble:
    """What happens, the state it leads to, and what helps; ``pause``: seconds before the help."""

    name: str
    bench: Bench
    trouble: Hand
    state: DeviceState
    help: Hand
    process: bool = False
    pause: float = 0.0


def deaths(bench: Bench) -> tuple[Trouble, ...]:
    """The three ends of a driver's own process."""
    return tuple(
        Trouble(f"process {sign.name}", bench, kill(bench, sign), DeviceState.FAILED, nothing, process=True)
        for sign in (signal.SIGSEGV, signal.SIGKILL, signal.SIGSTOP)
    )


OFF, ON = hand(PRINTER, "power_off"), hand(PRINTER, "power_on")
PULL, PUT = hand(READER, "unplug"), hand(READER, "plug")
HANG = hand(TOKEN, "misbehave", what="hang", function="SKF_EnumDev")
TROUBLES = (
    Trouble("power back at once", PRINTER, OFF, DeviceState.ABSENT, ON),
    Trouble("power back after 5 s", PRINTER, OFF, DeviceState.ABSENT, ON, pause=5.0),
    Trouble(
        "cover closed", PRINTER, hand(PRINTER, "open_cover"), DeviceState.NEEDS_HAND, hand(PRINTER, "close_cover")
    ),
    Trouble("paper put in", PRINTER, hand(PRINTER, "paper_out"), DeviceState.NEEDS_HAND, hand(PRINTER, "paper_in")),
    Trouble("answers again", PRINTER, hand(PRINTER, "mute"), DeviceState.NEEDS_HAND, hand(PRINTER, "unmute")),
    *deaths(PRINTER),
    Trouble("plug back at once", READER, PULL, DeviceState.ABSENT, PUT),
    Trouble("plug back after 5 s", READER, PULL, DeviceState.ABSENT, PUT, pause=5.0),
    Trouble("answers again", READER, hand(READER, "silence"), DeviceState.ABSENT, hand(READER, "speak")),
    *deaths(READER),
    Trouble("service back", CHIP, hand(CHIP, "stop", "service"), DeviceState.FAILED, hand(CHIP, "start", "service")),
    Trouble("library answers again", TOKEN, HANG, DeviceState.FAILED, hand(TOKEN, "heal")),
)


def away(hall: Hall, one: Trouble) -> float:
    """Seconds from the help to READY."""
    bench = one.bench
    config = DeviceConfig(driver=bench.driver, address=hall.addresses[bench.name], process=one.process)
    supervisor = Supervisor({bench.kind: config}, TestClock(), patience=Patience(check=3.0))
    reports = Reports()
    supervisor.subscribe(reports)
    supervisor.start()
    try:
        reports.wait(DeviceState.READY)
        mark = len(reports.seen)
        one.trouble(hall, supervisor)
        reports.wait(one.state, after=mark)
        mark = len(reports.seen)
        time.sleep(one.pause)
        begin = time.monotonic()
        one.help(hall, supervisor)
        reports.wait(DeviceState.READY, after=mark)
        return time.monotonic() - begin
    finally:
        supervisor.stop()


def main() -> int:
    """Measure and print; 1 when a median misses the target."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for bench in (PRINTER, READER, CHIP, TOKEN):
            with Hall(Path(folder) / bench.name, bench.devices, {}, {}) as hall:
                for one in (each for each in TROUBLES if each.bench is bench):
                    times = [away(hall, one) for _ in range(rounds)]
                    median = statistics.median(times)
                    missed += median > TARGET
                    told = f"median {median:5.2f} s, worst {max(times):5.2f} s  (target {TARGET:.0f} s)"
                    print(f"{bench.kind.value:18} {one.name:22} {told}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
