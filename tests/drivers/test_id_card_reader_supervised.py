"""The whole way: configuration → registry → supervisor → driver → wire → virtual reader. What a visit relies on."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from drivers.supervisor import Supervisor
from drivers.worker import Patience
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceState
from kiosk.domain.identity_card import IdentityCard
from kiosk.faults import FaultCode
from tests.unit.drivers.stage import Outcome, Reports, TestClock

from .conftest import Bench, Hall

pytestmark = pytest.mark.processes
READER = "kiosk.id_card_reader"
KIND = DeviceKind.ID_CARD_READER


class Terminal:
    """A supervisor over the reader of a running hall."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.reports = Reports()
        self.supervisor = Supervisor(
            {KIND: hall.config(READER, "sdt")}, TestClock(), patience=Patience(heartbeat=0.2)
        )
        self.supervisor.subscribe(self.reports)
        self.supervisor.start()

    def hand(self, verb: str, **args: Any) -> None:
        self.hall.hand(READER, verb, **args)

    def submit(self, job: Callable[[Any], Any]) -> tuple[Any, Outcome]:
        outcome = Outcome()
        return self.supervisor.device(KIND).submit(job, outcome), outcome


@pytest.fixture(params=["pty", "tcp:127.0.0.1:0"], ids=["serial", "tcp"])
def hall(request: pytest.FixtureRequest, bench: Bench) -> Hall:
    return bench({READER: {"kind": "sdt", "address": request.param}})


@pytest.fixture
def terminal(hall: Hall) -> Iterator[Terminal]:
    terminal = Terminal(hall)
    yield terminal
    terminal.supervisor.stop()


def test_a_visit(terminal: Terminal) -> None:
    report = terminal.reports.wait(DeviceState.READY)
    assert report.serial
    _, outcome = terminal.submit(lambda reader: reader.read(30.0))
    terminal.reports.wait(DeviceState.BUSY)
    terminal.hand("lay_card", card="wang")
    card = outcome.get()
    assert isinstance(card, IdentityCard)
    assert card.name == "王测试"
    _, gone = terminal.submit(lambda reader: reader.wait_removed(30.0))
    terminal.hand("lift_card")
    assert gone.get() is True


def test_cancelled_when_the_person_leaves(terminal: Terminal) -> None:
    terminal.reports.wait(DeviceState.READY)
    job, outcome = terminal.submit(lambda reader: reader.read(300.0))
    terminal.reports.wait(DeviceState.BUSY)
    job.cancel()
    assert outcome.code() is FaultCode.CANCELLED
    terminal.hand("lay_card", card="li")
    assert terminal.submit(lambda reader: reader.read(30.0))[1].get().name == "李示例"


def test_unplugged_and_plugged_while_idle(terminal: Terminal) -> None:
    terminal.reports.wait(DeviceState.READY)
    terminal.hand("unplug")
    fault = terminal.reports.wait(DeviceState.ABSENT).fault
    assert fault is not None
    assert fault.code is FaultCode.ID_CARD_READER_ABSENT
    assert terminal.submit(lambda reader: reader.read(300.0))[1].code() is FaultCode.ID_CARD_READER_ABSENT
    mark = len(terminal.reports.seen)
    terminal.hand("plug")
    terminal.reports.wait(DeviceState.READY, after=mark)
    terminal.hand("lay_card", card="wang")
    assert terminal.submit(lambda reader: reader.read(30.0))[1].get().name == "王测试"


def test_unplugged_while_reading_and_again(terminal: Terminal) -> None:
    for again in range(3):
        mark = len(terminal.reports.seen) if again else 0
        if again:
            terminal.hand("plug")
        terminal.reports.wait(DeviceState.READY, after=mark)
        _, outcome = terminal.submit(lambda reader: reader.read(300.0))
        terminal.reports.wait(DeviceState.BUSY, after=mark)
        terminal.hand("unplug")
        assert outcome.code() is FaultCode.ID_CARD_READER_ABSENT
        terminal.reports.wait(DeviceState.ABSENT, after=mark)
    assert terminal.supervisor.reports()[0].counts["reconnects"] == 2


def test_silent_is_absent_until_it_speaks(terminal: Terminal) -> None:
    terminal.reports.wait(DeviceState.READY)
    terminal.hand("silence")
    terminal.reports.wait(DeviceState.ABSENT)
    mark = len(terminal.reports.seen)
    terminal.hand("speak")
    terminal.reports.wait(DeviceState.READY, after=mark)


def test_a_broken_security_module_is_failed_until_it_is_mended(terminal: Terminal) -> None:
    terminal.reports.wait(DeviceState.READY)
    terminal.hand("sam", state="unauthorised")
    fault = terminal.reports.wait(DeviceState.FAILED).fault
    assert fault is not None
    assert fault.code is FaultCode.DEVICE_FAILED
    assert fault.details["sw"] == "66"
    mark = len(terminal.reports.seen)
    terminal.hand("sam", state="ok")
    terminal.reports.wait(DeviceState.READY, after=mark)


def test_absent_at_start(hall: Hall) -> None:
    hall.hand(READER, "unplug")
    terminal = Terminal(hall)
    try:
        terminal.reports.wait(DeviceState.ABSENT)
        terminal.hand("plug")
        terminal.reports.wait(DeviceState.READY)
    finally:
        terminal.supervisor.stop()


def test_stopped_in_the_middle_of_a_reading(hall: Hall) -> None:
    terminal = Terminal(hall)
    terminal.reports.wait(DeviceState.READY)
    _, outcome = terminal.submit(lambda reader: reader.read(300.0))
    terminal.reports.wait(DeviceState.BUSY)
    terminal.supervisor.stop()
    assert outcome.code() is FaultCode.CANCELLED
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("device")]


def test_an_unknown_driver_name_says_what_is_allowed() -> None:
    supervisor = Supervisor({KIND: DeviceConfig(driver="magic", address="tcp:h:1")}, TestClock())
    reports = Reports()
    supervisor.subscribe(reports)
    supervisor.start()
    try:
        fault = reports.wait(DeviceState.FAILED).fault
        assert fault is not None
        assert fault.code is FaultCode.DEVICE_CONFIGURATION
        assert dict(fault.details) == {"key": "devices.id_card_reader.driver", "allowed": "sdt"}
    finally:
        supervisor.stop()
