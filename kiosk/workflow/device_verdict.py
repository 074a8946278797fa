"""What a tax device that was read back says, and what may be done with it then."""

from dataclasses import replace

from kiosk.faults import FaultCode

from . import events as ev
from .desk import Desk
from .device_desk import ReadBack, fault_of
from .machine import Event
from .set_aside import verdict_on
from .visit import Clocked


def verdict(d: Desk) -> ReadBack | None:
    """What the device that was read says; None: nothing was read yet."""
    if d.readout is None or d.case is None or d.devices.issue is None:
        return None
    return verdict_on(d, d.readout, d.devices.issue.number)


def read(d: Desk, e: Event) -> Desk:
    """Kept, with the fault that it is."""
    assert isinstance(e, ev.DeviceReadBack)
    d = replace(d, readout=e.readout, deed=None, truth=Clocked())
    seen = verdict(d)
    return replace(d, fault=fault_of(seen) if seen else None)


def _after_reading(d: Desk, e: Event, wanted: ReadBack) -> bool:
    return isinstance(e, ev.DeviceReadBack) and verdict(replace(d, readout=e.readout)) is wanted


def fits(d: Desk, e: Event) -> bool:
    """Number, credit code and holder are those of the case."""
    return _after_reading(d, e, ReadBack.FITS)


def is_a_strangers(d: Desk, e: Event) -> bool:
    """The right device, written for somebody else: there is nothing to decide any more."""
    return _after_reading(d, e, ReadBack.STRANGER)


def may_put_aside(d: Desk) -> bool:
    """Whether something was found wrong with the device in hand that a person has to confirm."""
    found = verdict(d)
    unread = d.fault is not None and d.fault.code is FaultCode.TAX_DEVICE_UNREADABLE
    return unread or found in (ReadBack.OTHER, ReadBack.BLANK)
