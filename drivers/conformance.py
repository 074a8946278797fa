"""What every driver must be able to bear, whatever its kind: plain checks for virtual devices and for real ones.

A check gets a ``Subject`` (how to make the driver, which call waits for a person, the hands that play tricks) and
returns, or raises ``NotConformantError``; ``NotPossibleError`` when the subject has no hand for the trick. Real
devices are checked without tricks, by the doctor; the tests bring hands that reach a virtual device.
"""

import gc
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from drivers.keeper import Keeper
from drivers.station import Station
from drivers.translate import ABSENT
from drivers.trial import (
    HANG_SECONDS,
    Subject,
    Verdict,
    Watched,
    allow_error,
    eventually,
    expect_error,
    hand,
    insist,
    judge,
    on_own_thread,
    open_files,
    reopen,
    with_device,
)
from drivers.worker import Patience
from kiosk.contracts.device import Device, DeviceState
from kiosk.faults import Fault, FaultCode

CLOSE_SECONDS = 2.0  # what the contract allows
CANCEL_SECONDS = 2.0  # a cancel is felt within half a second; the rest is for a busy machine
ROUNDS = 100
SETTLE_SECONDS = 10.0


def opens_and_tells_how_it_is(subject: Subject) -> None:
    """An open device answers a look with a report of its own kind and a state of somebody who is there."""

    def work(device: Device) -> None:
        device.open()
        report = device.check()
        insist(report.kind is subject.kind, f"reports itself as {report.kind.value}")
        insist(report.state in (DeviceState.READY, DeviceState.NEEDS_HAND), f"is {report.state.value} when open")

    with_device(subject, work)


def open_twice_is_open_once(subject: Subject) -> None:
    """A second open without a close works and leaves one connection."""

    def work(device: Device) -> None:
        device.open()
        device.open()
        device.check()

    with_device(subject, work)


def close_is_idempotent_and_bounded(subject: Subject) -> None:
    """Close before open, after open and once more: never raises, never takes long."""

    def work(device: Device) -> None:
        for opened in (False, True, False):
            if opened:
                device.open()
            begin = time.monotonic()
            device.close()
            insist(time.monotonic() - begin <= CLOSE_SECONDS, "close took longer than two seconds")

    with_device(subject, work)


def use_before_open_is_an_expected_error(subject: Subject) -> None:
    """A closed device refuses with the drivers' own error, not with a crash."""

    def work(device: Device) -> None:
        expect_error(device.check)
        if subject.wait is not None:
            expect_error(partial(subject.wait, device, 0.1))

    with_device(subject, work)


def opens_again_after_close(subject: Subject) -> None:
    """What was closed can be opened."""

    def work(device: Device) -> None:
        for _ in range(3):
            device.open()
            device.check()
            device.close()

    with_device(subject, work)


def cancel_ends_a_wait(subject: Subject) -> None:
    """A wait for a person ends soon after a cancel from another thread, with ``cancelled``; then the device works,
    and what was cancelled is no more in its way when it is opened anew."""
    wait = hand(subject.wait)
    waiting, ended = threading.Event(), threading.Event()
    device = subject.make()

    def work() -> None:
        device.open()
        try:
            waiting.set()
            error = expect_error(partial(wait, device, HANG_SECONDS))
            ended.set()
            insist(error.code is FaultCode.CANCELLED, f"a cancelled wait ended with {error.code.value}")
            device.check()
            reopen(device)
        finally:
            ended.set()
            device.close()

    def press() -> None:
        if not waiting.wait(HANG_SECONDS):
            return
        begin = time.monotonic()
        while not ended.wait(0.1):  # the first press may come before the wait has begun
            if time.monotonic() - begin > CANCEL_SECONDS:
                late.append(True)
                return
            device.cancel()

    late: list[bool] = []
    presser = threading.Thread(target=press, name="conformance-hand")
    presser.start()
    try:
        on_own_thread(work)
    finally:
        waiting.set()
        presser.join()
    insist(not late, "a cancel was not felt")


def unplug_is_absent_and_plug_heals(subject: Subject) -> None:
    """Pulled out while it waits: an expected error, then absent; plugged in again, the same object opens."""
    unplug, plug = hand(subject.unplug), hand(subject.plug)
    absent = ABSENT[subject.kind]

    def work(device: Device) -> None:
        device.open()
        puller = threading.Timer(0.3, unplug)
        puller.start()
        try:
            if subject.wait is not None:
                error = expect_error(partial(subject.wait, device, 10.0))
                insist(error.code is absent, f"pulled out during a wait, says {error.code.value}")
        finally:
            puller.join()
        try:
            error = expect_error(device.check)
            insist(error.code is absent, f"pulled out, says {error.code.value}")
            device.close()
            error = expect_error(device.open)
            insist(error.code is absent, f"opened without its device, says {error.code.value}")
        finally:
            plug()
        eventually(device.open)
        device.check()

    with_device(subject, work)


def noise_is_borne(subject: Subject) -> None:
    """Noise on the line gives a right answer or an expected error; afterwards the device works."""
    garble = hand(subject.garble)

    def work(device: Device) -> None:
        device.open()
        for _ in range(5):
            garble()
            allow_error(device.check)
            if subject.wait is not None:
                garble()
                allow_error(partial(subject.wait, device, 0.2))
        eventually(partial(reopen, device))

    with_device(subject, work)


def silence_is_noticed(subject: Subject) -> None:
    """A device that stops answering is an expected error, not a wait without end; when it speaks again, it works."""
    silence, speak = hand(subject.silence), hand(subject.speak)

    def work(device: Device) -> None:
        device.open()
        silence()
        try:
            expect_error(device.check)
        finally:
            speak()
        eventually(partial(reopen, device))

    with_device(subject, work)


def hundred_rounds_leave_nothing_behind(subject: Subject) -> None:
    """Opening and closing a hundred times costs no thread and no open file."""

    def work(device: Device) -> None:
        device.open()
        device.check()
        device.close()
        gc.collect()
        threads, files = threading.active_count(), open_files()
        for _ in range(ROUNDS):
            device.open()
            device.close()
        gc.collect()
        until = time.monotonic() + SETTLE_SECONDS
        while threading.active_count() > threads and time.monotonic() < until:
            threading.Event().wait(0.05)
        insist(threading.active_count() <= threads, f"left {threading.active_count() - threads} threads behind")
        insist(open_files() <= files, f"left {open_files() - files} open files behind")

    with_device(subject, work)


def supervised_it_lives_on_one_thread(subject: Subject) -> None:
    """Under its worker, every call of the driver and every outcome is on the device's own thread."""
    seen: set[str] = set()
    outcome: list[object] = []
    ended = threading.Event()

    def done(value: object) -> None:
        seen.add(threading.current_thread().name)
        outcome.append(value)
        ended.set()

    keeper = Keeper("conformance-keeper")
    station = Station(
        subject.kind,
        lambda: Watched(subject.make(), seen),
        keeper,
        Patience(),
        lambda: datetime.now(UTC),
        lambda: 0.5,
        lambda _: None,
    )
    keeper.start()
    station.start()
    try:
        station.submit(lambda device: device.check(), done)
        insist(ended.wait(HANG_SECONDS), "a job under the supervisor had no outcome")
    finally:
        station.begin_stop()
        closed = station.join()
        keeper.stop(CLOSE_SECONDS)
    insist(closed, "its worker did not end")
    insist(not isinstance(outcome[0], Fault), "a look under the supervisor failed")
    insist(seen == {f"device:{subject.kind.value}"}, "was called on a thread that is not its own")


def does_what_it_is_for(subject: Subject) -> None:
    """A card is read, a code scanned, a slip confirmed; afterwards the device still answers a look."""
    work = hand(subject.work)

    def once(device: Device) -> None:
        device.open()
        work(device)
        device.check()

    with_device(subject, once)


SUITE: tuple[Callable[[Subject], None], ...] = (
    opens_and_tells_how_it_is,
    open_twice_is_open_once,
    close_is_idempotent_and_bounded,
    use_before_open_is_an_expected_error,
    opens_again_after_close,
    cancel_ends_a_wait,
    unplug_is_absent_and_plug_heals,
    noise_is_borne,
    silence_is_noticed,
    hundred_rounds_leave_nothing_behind,
    supervised_it_lives_on_one_thread,
)


def run(subject: Subject) -> tuple[Verdict, ...]:
    """All checks, one after the other, as lines for a person."""
    return tuple(judge(check, subject) for check in SUITE)
