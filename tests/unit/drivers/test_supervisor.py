"""The supervisor: one worker per device, every job one outcome, every trouble one report, nothing left behind."""

import errno
import logging
import threading
from dataclasses import replace

import pytest

from drivers.errors import DriverError
from drivers.task import WrongThreadError
from kiosk.contracts.device import DeviceKind, DeviceState, Supply
from kiosk.faults import Fault, FaultCode

from .stage import KIND, LONG, QUICK, Outcome, Scripted, World, stage

READY, BUSY, ABSENT, FAILED = DeviceState.READY, DeviceState.BUSY, DeviceState.ABSENT, DeviceState.FAILED


def test_a_device_starts_and_is_ready() -> None:
    with stage() as s:
        report = s.reports.wait(READY)
        assert (report.name, report.kind, report.model) == (KIND.value, KIND, "scripted")
        assert report.at is not None
        assert s.supervisor.reports()[0].counts["opened"] == 1


def test_a_job_runs_on_the_worker_and_its_outcome_comes_there() -> None:
    with stage() as s:
        seen: list[threading.Thread] = []
        _, outcome = s.submit(lambda device: (seen.append(threading.current_thread()), device.work())[1])
        assert outcome.get() == "done"
        assert [t.name for t in (*seen, *outcome.threads)] == [f"device:{KIND.value}"] * 2
        assert {t.name for t in s.world.threads} == {f"device:{KIND.value}"}


def test_a_job_is_seen_as_busy_and_then_ready() -> None:
    with stage() as s:
        s.reports.wait(READY)
        mark = len(s.reports.seen)
        s.submit(lambda device: device.work())[1].get()
        s.reports.wait(READY, after=mark)
        assert [r.state for r in s.reports.seen[mark:]][:2] == [BUSY, READY]


def test_jobs_run_one_after_the_other_in_order() -> None:
    with stage() as s:
        order: list[int] = []
        outcomes = [s.submit(lambda device, n=n: order.append(n))[1] for n in range(20)]
        for outcome in outcomes:
            assert outcome.get() is None
        assert order == list(range(20))


def test_reports_come_only_when_something_changes() -> None:
    with stage() as s:
        s.reports.wait(READY)
        count = len(s.world.threads)
        looked = threading.Event()
        threading.Timer(0.3, looked.set).start()
        looked.wait(LONG)  # many heartbeats
        assert len(s.world.threads) > count
        assert [r.state for r in s.reports.seen] == [READY]
        s.world.supply = Supply.LOW
        assert s.reports.wait(READY, supply=Supply.LOW).at == s.reports.seen[0].at


def test_unplug_and_plug_without_a_restart() -> None:
    with stage() as s:
        s.reports.wait(READY)
        s.world.here.clear()
        report = s.reports.wait(ABSENT)
        assert report.fault == Fault(FaultCode.CODE_SCANNER_ABSENT)
        mark = len(s.reports.seen)
        s.world.here.set()
        s.reports.wait(READY, after=mark)
        assert s.supervisor.reports()[0].counts["reconnects"] == 1


def test_absent_at_start_refuses_jobs_at_once_and_heals() -> None:
    with stage(here=False) as s:
        s.reports.wait(ABSENT)
        for _ in range(3):
            assert s.submit(lambda device: device.work())[1].code() is FaultCode.CODE_SCANNER_ABSENT
        s.world.here.set()
        s.reports.wait(READY)
        assert s.submit(lambda device: device.work())[1].get() == "done"


def test_a_job_before_the_first_opening_waits_for_it() -> None:
    world = World()
    world.hang["open"] = threading.Event()
    with stage(world) as s:
        _, outcome = s.submit(lambda device: device.work())
        world.hang["open"].set()
        assert outcome.get() == "done"


def test_an_absent_device_refuses_even_while_it_is_being_opened() -> None:
    with stage(here=False) as s:
        s.reports.wait(ABSENT)
        gate = s.world.hang["open"] = threading.Event()
        _, outcome = s.submit(lambda device: device.work())
        assert outcome.code() is FaultCode.CODE_SCANNER_ABSENT
        gate.set()


def test_what_is_lost_in_a_job_is_absent_and_the_waiting_jobs_are_told() -> None:
    with stage() as s:
        s.reports.wait(READY)
        gate = s.world.hang["work"] = threading.Event()
        s.world.trouble["work"] = DriverError(FaultCode.CODE_SCANNER_ABSENT)
        _, first = s.submit(lambda device: device.work())
        s.reports.wait(BUSY)
        _, second = s.submit(lambda device: device.work())
        gate.set()
        assert first.code() is FaultCode.CODE_SCANNER_ABSENT
        assert second.code() is FaultCode.CODE_SCANNER_ABSENT
        s.reports.wait(ABSENT)


@pytest.mark.parametrize("code", [FaultCode.NO_CODE, FaultCode.CODE_UNREADABLE, FaultCode.WRONG_CARD])
def test_a_visitors_fault_does_not_trouble_the_device(code: FaultCode) -> None:
    with stage() as s:
        s.reports.wait(READY)
        s.world.trouble["work"] = DriverError(code, {"figure": "1"})
        assert s.submit(lambda device: device.work())[1].get() == Fault(code, {"figure": "1"})
        assert len(s.world.made) == 1
        assert s.supervisor.reports()[0].counts == {
            "opened": 1,
            "ok": 0,
            "refused": 1,
            "failed": 0,
            "reconnects": 0,
            "crashes": 0,
        }


def test_what_a_hand_can_mend_keeps_the_device_open() -> None:
    with stage() as s:
        s.reports.wait(READY)
        s.world.trouble["work"] = DriverError(FaultCode.PAPER_OUT)
        assert s.submit(lambda device: device.work())[1].code() is FaultCode.PAPER_OUT
        s.world.trouble.clear()
        assert s.submit(lambda device: device.work())[1].get() == "done"
        assert s.world.closed == []


@pytest.mark.parametrize("error", [ValueError("王测试 500103198504120022"), AssertionError(), KeyError("x")])
def test_a_bug_is_written_down_without_its_words_and_the_driver_made_anew(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with stage() as s:
        s.reports.wait(READY)
        s.world.trouble["work"] = error
        fault = s.submit(lambda device: device.work())[1].get()
        assert fault == Fault(FaultCode.DEVICE_FAILED, {"bug": type(error).__name__})
        s.reports.wait(FAILED)
        mark = len(s.reports.seen)
        s.reports.wait(READY, after=mark - 1)
        assert len(s.world.made) == 2
    assert type(error).__name__ in caplog.text
    assert "stage.py" in caplog.text
    assert "王" not in caplog.text
    assert "5001" not in caplog.text


def test_an_operating_systems_error_means_absent_not_a_bug(caplog: pytest.LogCaptureFixture) -> None:
    with stage() as s:
        s.reports.wait(READY)
        s.world.trouble["work"] = OSError(errno.EIO, "gone")
        fault = s.submit(lambda device: device.work())[1].get()
        assert fault == Fault(FaultCode.CODE_SCANNER_ABSENT, {"errno": "EIO"})
    assert "bug" not in caplog.text


def test_a_driver_that_cannot_be_made_is_a_failed_device() -> None:
    world = World()
    world.trouble["make"] = DriverError(FaultCode.DEVICE_CONFIGURATION)
    with stage(world) as s:
        assert s.reports.wait(FAILED).fault == Fault(FaultCode.DEVICE_CONFIGURATION)
        assert s.submit(lambda device: device.work())[1].code() is FaultCode.DEVICE_CONFIGURATION


def test_a_receiver_that_crashes_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    def crash(value: object) -> None:
        raise ValueError("secret")

    with stage() as s:
        s.supervisor.subscribe(crash)
        s.device.submit(lambda device: device.work(), crash)
        assert s.submit(lambda device: device.work())[1].get() == "done"
        s.reports.wait(READY)
    assert "secret" not in caplog.text


def test_unsubscribed_is_not_told() -> None:
    with stage(here=False) as s:
        told: list[object] = []
        unsubscribe = s.supervisor.subscribe(told.append)
        s.reports.wait(ABSENT)
        unsubscribe()
        unsubscribe()
        count = len(told)
        s.world.here.set()
        s.reports.wait(READY)
        assert len(told) == count


# cancelling


def test_cancel_of_a_running_job() -> None:
    with stage() as s:
        job, outcome = s.submit(lambda device: device.scan())
        s.reports.wait(BUSY)
        job.cancel()
        assert outcome.code() is FaultCode.CANCELLED
        job.cancel()
        assert s.submit(lambda device: device.work())[1].get() == "done"
        assert len(s.world.made) == 1


def test_cancel_that_comes_before_the_wait_begins() -> None:
    with stage() as s:
        gate = s.world.hang["scan"] = threading.Event()  # holds the job after it forgot old cancels
        before = threading.Event()

        def job(device: Scripted) -> str:
            before.wait(LONG)
            return device.scan()

        handle, outcome = s.submit(job)
        s.reports.wait(BUSY)
        handle.cancel()
        before.set()
        gate.set()
        assert outcome.code() is FaultCode.CANCELLED


def test_cancel_of_a_waiting_job_does_not_touch_the_running_one() -> None:
    with stage() as s:
        first, running = s.submit(lambda device: device.scan())
        s.reports.wait(BUSY)
        second, waiting = s.submit(lambda device: device.work())
        second.cancel()
        assert waiting.code() is FaultCode.CANCELLED
        assert not running.values
        first.cancel()
        assert running.code() is FaultCode.CANCELLED


def test_a_job_that_was_done_before_the_cancel_says_so() -> None:
    with stage() as s:
        job, outcome = s.submit(lambda device: device.work())
        assert outcome.get() == "done"
        job.cancel()
        assert outcome.values == ["done"]


# hanging


@pytest.mark.parametrize("method", ["make", "open", "check"])
def test_a_device_that_hangs_while_it_is_opened_is_given_up(method: str, caplog: pytest.LogCaptureFixture) -> None:
    world = World()
    gate = world.hang[method] = threading.Event()
    with stage(world, replace(QUICK, open=0.1, check=0.1)) as s:
        assert s.reports.wait(FAILED).fault == Fault(FaultCode.DEVICE_FAILED, {"hung": method})
        del world.hang[method]
        s.reports.wait(READY)
        assert s.submit(lambda device: device.work())[1].get() == "done"
        gate.set()
    assert "given up" in caplog.text


def test_a_job_that_hangs_ends_with_a_fault_and_the_next_one_runs() -> None:
    with stage(patience=replace(QUICK, job=0.2)) as s:
        gate = s.world.hang["work"] = threading.Event()
        _, hanging = s.submit(lambda device: device.work())
        s.reports.wait(BUSY)
        _, behind = s.submit(lambda device: device.work())
        assert hanging.get() == Fault(FaultCode.DEVICE_FAILED, {"hung": "job"})
        assert behind.code() is FaultCode.DEVICE_FAILED
        del s.world.hang["work"]
        mark = len(s.reports.seen) - 1
        s.reports.wait(FAILED)
        s.reports.wait(READY, after=mark)
        assert s.submit(lambda device: device.work())[1].get() == "done"
        gate.set()
    assert len(hanging.values) == 1  # what came back late is nobody's outcome


def test_a_job_that_does_not_obey_its_cancel_is_given_up() -> None:
    with stage(patience=replace(QUICK, cancel=0.2)) as s:
        gate = s.world.hang["work"] = threading.Event()
        job, outcome = s.submit(lambda device: device.work())
        s.reports.wait(BUSY)
        job.cancel()
        assert outcome.code() is FaultCode.CANCELLED
        s.reports.wait(FAILED, fault=Fault(FaultCode.DEVICE_FAILED, {"hung": "cancel"}))
        gate.set()


def test_the_late_return_closes_what_was_given_up() -> None:
    with stage(patience=replace(QUICK, job=0.1)) as s:
        gate = s.world.hang["work"] = threading.Event()
        s.submit(lambda device: device.work())[1].get()
        first = s.world.made[0]
        assert first.is_open
        s.reports.wait(FAILED)
        gate.set()
    assert not first.is_open


def test_threads_that_hang_do_not_pile_up() -> None:
    world = World()
    gate = world.hang["open"] = threading.Event()
    with stage(world, replace(QUICK, open=0.05)) as s:
        s.reports.wait(FAILED)
        pause = threading.Event()
        threading.Timer(1.0, pause.set).start()
        pause.wait(LONG)
        assert len([t for t in threading.enumerate() if t.name == f"device:{KIND.value}"]) <= 4
        del world.hang["open"]
        gate.set()
        s.reports.wait(READY)


# the right thread


def test_a_device_cannot_be_touched_outside_its_worker() -> None:
    with stage() as s:
        kept: list[Scripted] = []
        s.submit(kept.append)[1].get()
        with pytest.raises(WrongThreadError):
            kept[0].work()


# stopping


def test_stop_cancels_all_jobs_and_closes_in_reverse_order() -> None:
    kinds = (DeviceKind.ID_CARD_READER, KIND, DeviceKind.FACE_CAMERA)
    with stage(kinds=kinds) as s:
        outcomes = [Outcome() for _ in range(6)]
        for number, outcome in enumerate(outcomes):
            s.supervisor.device(kinds[number % 3]).submit(lambda device: device.scan(), outcome)
        for kind in kinds:
            s.reports.wait(BUSY, kind=kind)
        s.supervisor.stop()
        assert {outcome.code() for outcome in outcomes} == {FaultCode.CANCELLED}
        assert s.world.closed == list(reversed(kinds))
        assert s.submit(lambda device: device.work())[1].code() is FaultCode.CANCELLED


def test_stop_is_bounded_when_a_driver_hangs(caplog: pytest.LogCaptureFixture) -> None:
    with stage(patience=replace(QUICK, cancel=0.1, close=0.1)) as s:
        gate = s.world.hang["work"] = threading.Event()
        _, outcome = s.submit(lambda device: device.work())
        s.reports.wait(BUSY)
        s.supervisor.stop()
        assert outcome.code() is FaultCode.CANCELLED
        gate.set()
    assert "did not close in time" in caplog.text


def test_stop_without_start() -> None:
    with stage() as s:
        pass
    s.supervisor.stop()


def test_an_unknown_kind_is_a_bug_of_the_caller() -> None:
    with stage() as s, pytest.raises(KeyError):
        s.supervisor.device(DeviceKind.TAX_DEVICE)
