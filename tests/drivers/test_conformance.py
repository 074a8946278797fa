"""The conformance suite on the identity-card reader, over both wires; and the suite on drivers that are bad."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, ClassVar

import pytest

from drivers import conformance
from drivers.conformance import SUITE
from drivers.errors import DriverError
from drivers.id_card_reader.driver import SdtIdCardReader
from drivers.trial import NotConformantError, Result, Subject
from kiosk.contracts.device import DeviceKind, DeviceReport, DeviceState
from kiosk.faults import FaultCode

from .conftest import Bench

READER = "kiosk.id_card_reader"


@pytest.fixture(scope="module", params=["pty", "tcp:127.0.0.1:0"], ids=["serial", "tcp"])
def subject(request: pytest.FixtureRequest, module_bench: Bench) -> Iterator[Subject]:
    hall = module_bench({READER: {"kind": "sdt", "address": request.param}})
    config = hall.config(READER, "sdt")
    yield Subject(
        kind=DeviceKind.ID_CARD_READER,
        make=lambda: SdtIdCardReader(config),
        wait=lambda reader, seconds: reader.read(seconds),
        unplug=lambda: hall.hand(READER, "unplug"),
        plug=lambda: hall.hand(READER, "plug"),
        garble=lambda: hall.hand(READER, "garbage"),
        silence=lambda: hall.hand(READER, "silence"),
        speak=lambda: hall.hand(READER, "speak"),
    )


@pytest.mark.processes
@pytest.mark.parametrize("check", SUITE, ids=lambda check: check.__name__)
def test_identity_card_reader(check: Callable[[Subject], None], subject: Subject) -> None:
    check(subject)


@pytest.mark.processes
def test_the_doctor_gets_a_line_for_every_check(subject: Subject) -> None:
    real = replace(subject, unplug=None, plug=None, garble=None, silence=None, speak=None)
    verdicts = conformance.run(real)
    assert len(verdicts) == len(SUITE)
    assert {v.result for v in verdicts} == {Result.PASSED, Result.NOT_POSSIBLE}
    assert sum(v.result is Result.NOT_POSSIBLE for v in verdicts) == 3


class Good:
    """The smallest driver that conforms; the bad ones below each do one thing wrong."""

    def __init__(self) -> None:
        self.up = False
        self._cancelled = threading.Event()

    def open(self) -> None:
        self.up = True

    def close(self) -> None:
        self.up = False

    def check(self) -> DeviceReport:
        if not self.up:
            raise DriverError(FaultCode.CODE_SCANNER_ABSENT)
        return DeviceReport("x", DeviceKind.CODE_SCANNER, DeviceState.READY)

    def cancel(self) -> None:
        self._cancelled.set()

    def scan(self, seconds: float) -> None:
        self.check()
        self._cancelled.clear()
        if self._cancelled.wait(seconds):
            raise DriverError(FaultCode.CANCELLED)
        raise DriverError(FaultCode.NO_CODE)


class CountsWrongly(Good):
    def check(self) -> DeviceReport:
        super().check()
        return DeviceReport("x", DeviceKind.TAX_DEVICE, DeviceState.READY)


class RefusesToOpenTwice(Good):
    def open(self) -> None:
        if self.up:
            raise DriverError(FaultCode.DEVICE_BUSY)
        super().open()


class CrashesWhenClosedTwice(Good):
    def close(self) -> None:
        if not self.up:
            raise ValueError
        super().close()


class CrashesWhenClosed(Good):
    def check(self) -> DeviceReport:
        assert self.up
        return super().check()


class DeafToCancel(Good):
    def scan(self, seconds: float) -> None:
        self.check()
        raise DriverError(FaultCode.NO_CODE)


class LeavesThreads(Good):
    release = threading.Event()
    left: ClassVar[list[threading.Thread]] = []

    def open(self) -> None:
        super().open()
        self.left.append(threading.Thread(target=self.release.wait))
        self.left[-1].start()


def of(bad: type[Good]) -> Subject:
    def wait(device: Any, seconds: float) -> object:
        return device.scan(seconds)

    return Subject(kind=DeviceKind.CODE_SCANNER, make=bad, wait=wait)


def test_a_good_driver_passes_what_it_has_hands_for() -> None:
    assert {v.result for v in conformance.run(of(Good))} == {Result.PASSED, Result.NOT_POSSIBLE}


@pytest.mark.parametrize(
    ("bad", "check", "error"),
    [
        (CountsWrongly, conformance.opens_and_tells_how_it_is, NotConformantError),
        (RefusesToOpenTwice, conformance.open_twice_is_open_once, DriverError),
        (CrashesWhenClosedTwice, conformance.close_is_idempotent_and_bounded, ValueError),
        (CrashesWhenClosed, conformance.use_before_open_is_an_expected_error, AssertionError),
        (DeafToCancel, conformance.cancel_ends_a_wait, NotConformantError),
    ],
)
def test_bad_drivers_are_caught(bad: type[Good], check: Callable[[Subject], None], error: type[Exception]) -> None:
    with pytest.raises(error):
        check(of(bad))
    assert Result.FAILED in {v.result for v in conformance.run(of(bad))}


def test_left_threads_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conformance, "SETTLE_SECONDS", 0.0)
    try:
        with pytest.raises(NotConformantError, match="threads"):
            conformance.hundred_rounds_leave_nothing_behind(of(LeavesThreads))
    finally:
        LeavesThreads.release.set()
        for thread in LeavesThreads.left:
            thread.join()
