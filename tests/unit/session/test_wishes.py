"""What a visit wants of a device: asked again by itself, told once, woken when the device comes back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kiosk.contracts.device import DeviceKind, DeviceReport
from kiosk.faults import Fault, FaultCode
from kiosk.session.wishes import Wishes
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event


class Station:
    """A worker whose answers a test gives one by one."""

    name, kind = "id_card_reader", DeviceKind.ID_CARD_READER

    def __init__(self) -> None:
        self.asked: list[tuple[Callable[[Any], Any], Callable[[Any], None]]] = []
        self.cancelled = 0

    def submit(self, job: Callable[[Any], Any], done: Callable[[Any], None]) -> "Station":
        self.asked.append((job, done))
        return self

    def cancel(self) -> None:
        self.cancelled += 1

    def report(self) -> DeviceReport:
        raise NotImplementedError

    def answer(self, result: Any) -> None:
        self.asked[-1][1](result)


@dataclass(frozen=True)
class Taken(Event):
    """The answer."""


def wanting() -> tuple[Station, Wishes, list[Event]]:
    station, events = Station(), []
    wishes = Wishes(events.append)
    wishes.want("card", station, station.kind, lambda _: "first", lambda _: Taken(), lambda _: "again")
    return station, wishes, events


def failure(code: FaultCode) -> ev.DeviceFailed:
    return ev.DeviceFailed(Station.kind, Fault(code))


def test_nobody_there_is_asked_for_again_without_a_word() -> None:
    station, _, events = wanting()
    station.answer(Fault(FaultCode.NO_CARD))
    assert events == [] and len(station.asked) == 2
    station.answer("card")
    assert events == [Taken()] and len(station.asked) == 2


def test_a_card_that_will_not_do_is_told_once_and_the_next_is_read() -> None:
    station, _, events = wanting()
    for _ in range(3):
        station.answer(Fault(FaultCode.TWO_CARDS))
    assert events == [failure(FaultCode.TWO_CARDS)]
    assert [job(None) for job, _ in station.asked] == ["first", "again", "again", "again"]
    station.answer(Fault(FaultCode.CARD_READ_FAILED))
    assert events[1:] == [failure(FaultCode.CARD_READ_FAILED)]
    station.answer("card")
    assert events[2:] == [Taken()]


def test_a_device_that_failed_is_asked_again_when_it_is_back() -> None:
    station, wishes, events = wanting()
    station.answer(Fault(FaultCode.ID_CARD_READER_ABSENT))
    assert events == [failure(FaultCode.ID_CARD_READER_ABSENT)] and len(station.asked) == 1
    assert not wishes.recovered(DeviceKind.FACE_CAMERA)
    assert wishes.recovered(DeviceKind.ID_CARD_READER)
    station.answer("card")
    assert events[1:] == [Taken()]
    assert not wishes.recovered(DeviceKind.ID_CARD_READER)


def test_what_was_dropped_answers_nobody() -> None:
    station, wishes, events = wanting()
    wishes.drop("card")
    station.answer("card")
    assert (events, station.cancelled) == ([], 1)


def test_without_the_device_it_says_so_at_once() -> None:
    events: list[Event] = []
    Wishes(events.append).want("card", None, Station.kind, lambda _: 1, lambda _: Taken())
    assert events == [failure(FaultCode.DEVICE_CONFIGURATION)]
