"""Word of plugged devices: what counts, that a burst is one look, and that a look ends a device's pause."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from drivers.errors import DriverError
from drivers.hotplug import Hotplug, kernel_events, tells_of_a_plug
from kiosk.contracts.device import DeviceState
from kiosk.faults import FaultCode

from .stage import LONG, QUICK, World, stage

TTY = b"add@/devices/pci0/usb1/1-2/tty/ttyUSB0\0ACTION=add\0SUBSYSTEM=tty\0DEVNAME=ttyUSB0\0SEQNUM=4711\0"


@pytest.mark.parametrize(
    ("message", "counts"),
    [
        (TTY, True),
        (TTY.replace(b"ACTION=add", b"ACTION=bind"), True),
        (TTY.replace(b"ACTION=add", b"ACTION=remove"), False),
        (TTY.replace(b"SUBSYSTEM=tty", b"SUBSYSTEM=block"), False),
        (b"libudev\0\xfe\xed\xca\xfe" + bytes(24) + b"ACTION=add\0SUBSYSTEM=usb\0", True),
        (b"", False),
        (b"\xff\xfe=\0=\0ACTION=\xff", False),
    ],
)
def test_what_counts_as_a_plug(message: bytes, counts: bool) -> None:
    assert tells_of_a_plug(message) is counts


@pytest.fixture
def kernel() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    yield ours, theirs
    ours.close()


def test_a_burst_is_one_look(kernel: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = kernel
    looks: list[int] = []
    looked = threading.Event()
    listener = Hotplug(lambda: (looks.append(1), looked.set()), theirs)  # type: ignore[arg-type, return-value]
    listener.start()
    for _ in range(40):
        ours.send(TTY)
    assert looked.wait(LONG)
    ours.send(TTY.replace(b"add", b"remove"))
    listener.stop()
    assert looks == [1]


def test_without_a_channel_nothing_is_started() -> None:
    before = threading.active_count()
    listener = Hotplug(lambda: None, None)
    listener.start()
    assert threading.active_count() == before
    listener.stop()


def test_the_kernels_own_channel_opens_where_it_may() -> None:
    channel = kernel_events()
    if channel is None:
        pytest.skip("this kernel tells nobody here")
    channel.close()


def test_a_plug_ends_the_pause() -> None:
    """The pause is a whole minute; only the word of the plug can have ended it."""
    patient = replace(QUICK, back_off_first=60.0, back_off_most=60.0)
    with stage(patience=patient, here=False) as s:
        s.reports.wait(DeviceState.ABSENT)
        s.world.here.set()
        s.supervisor.look_again()
        s.reports.wait(DeviceState.READY)


def test_a_driver_that_keeps_crashing_is_left_in_peace_for_a_while(caplog: pytest.LogCaptureFixture) -> None:
    """Five falls are borne at once; the sixth start waits for the long pause, or for a plug."""
    world = World()
    patience = replace(QUICK, back_off_bug=60.0, back_off_first=0.001, back_off_most=0.002, crashes=5)
    patience = replace(patience, crash_window=600.0)
    with caplog.at_level("CRITICAL"), stage(world, patience) as s:
        mark = 0
        for number in range(6):
            s.reports.wait(DeviceState.READY, after=mark)
            mark = len(s.reports.seen)
            world.trouble["work"] = ValueError("secret")
            s.submit(lambda device: device.work())[1].get()
            s.reports.wait(DeviceState.FAILED, after=mark)
            world.trouble.clear()
            mark = len(s.reports.seen)
            if number < 5:
                s.supervisor.look_again()
        made = len(world.made)
        assert not threading.Event().wait(0.3)
        assert len(world.made) == made
        assert s.supervisor.reports()[0].counts["crashes"] == 6
        s.supervisor.look_again()
        s.reports.wait(DeviceState.READY, after=mark)


def test_a_cable_that_flaps_is_no_crash() -> None:
    with stage() as s:
        mark = 0
        for _ in range(8):
            s.reports.wait(DeviceState.READY, after=mark)
            mark = len(s.reports.seen)
            s.world.trouble["work"] = DriverError(FaultCode.CODE_SCANNER_ABSENT)
            s.submit(lambda device: device.work())[1].get()
            s.reports.wait(DeviceState.ABSENT, after=mark)
            s.world.trouble.clear()
        s.reports.wait(DeviceState.READY, after=mark)
        assert s.supervisor.reports()[0].counts["crashes"] == 0
