"""The lock of a window: by key, or when nobody has touched it for a while. The work stays as it is, and nothing of it
is on the screen; the same clerk's card and PIN open it, checked by card and platform like a signing-in.

What is laid on a reader, scanned or plugged in meanwhile does not reach the work: nobody would see what it does. The
work waits for it anew once the window is open, when whatever still lies there is read before the clerk's eyes.

While it is locked the card may be taken along. Whoever does not come back is signed out by somebody else, which ends
the work like a signing-out at any moment.
"""

from dataclasses import dataclass, replace

from kiosk.audit import AuditKind
from kiosk.contracts.device import DeviceKind
from kiosk.faults import Fault, FaultCode

from . import effects as do
from . import events as ev
from .desk import Desk, Lock
from .machine import Effect, Event, Row


@dataclass(frozen=True, slots=True)
class WaitAnotherCard(Effect):
    """A staff card lies there that will not do: wait for another."""


# What comes of somebody's hand at a device, and what the work does to get it.
_WAITS: dict[type[Event], Effect] = {
    ev.CardRead: do.ReadCard("unlocked"),
    ev.CodeScanned: do.ScanCode(),
    ev.DeviceReadBack: do.ReadTaxDevice(),
}
_RESTARTED = frozenset({FaultCode.SMART_CARD_READER_ABSENT, FaultCode.SMART_CARD_SERVICE_DOWN})


def _may_lock(d: Desk, e: Event) -> bool:
    return d.staff is not None and d.lock is None


def _locked(d: Desk, e: Event) -> Desk:
    return replace(d, lock=Lock(), idle_warned=False, unheard=())


def _lock(d: Desk, e: Event) -> tuple[Effect, ...]:
    by = "clerk" if isinstance(e, ev.LockAsked) else "idle"
    return (do.Note(AuditKind.WINDOW_LOCKED, (("by", by),)), do.WaitStaffCard())


def _is_locked(d: Desk, e: Event) -> bool:
    return d.lock is not None


def _at_lock(d: Desk, e: Event) -> bool:
    """Of the staff card's reader, or of the platform while the lock asks it: the work beneath hears nothing of it."""
    if d.lock is None:
        return False
    of_reader = isinstance(e, ev.DeviceFailed) and e.kind is DeviceKind.STAFF_CARD_READER
    return of_reader or (isinstance(e, ev.PlatformFailed) and d.lock.checking)


def _card_put(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.StaffCardPut) and d.staff is not None
    if e.card.staff_ref != d.staff.staff_ref:
        return _of_another(d, e)
    return replace(d, lock=Lock(card=e.card))


def _watch_or_wait(d: Desk, e: Event) -> tuple[Effect, ...]:
    """The own card may go again before the PIN is typed, and another be laid in its place."""
    return (WaitAnotherCard(),) if d.lock is not None and d.lock.card is None else (do.WatchStaffCard(),)


def _has_card(d: Desk, e: Event) -> bool:
    return d.lock is not None and d.lock.card is not None and not d.lock.checking


def _checking(d: Desk, e: Event) -> Desk:
    assert d.lock is not None
    return replace(d, lock=replace(d.lock, checking=True, fault=None))


def _check(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.PinEntered) and d.lock is not None and d.lock.card is not None
    return (do.UnlockStaffCard(d.lock.card.staff_ref, e.pin),)


def _open_session(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.ChallengeSigned)
    return (do.OpenStaffSession(e.signed.staff_ref, e.signed.challenge, e.signed.signature),)


def _by_own_card(d: Desk, e: Event) -> bool:
    own = d.staff.staff_ref if d.staff else ""
    return d.lock is not None and isinstance(e, ev.ChallengeSigned) and e.signed.staff_ref == own


def _is_own(d: Desk, e: Event) -> bool:
    own = d.staff.staff_ref if d.staff else ""
    return d.lock is not None and isinstance(e, ev.StaffSignedIn) and e.session.staff_ref == own


def _of_another(d: Desk, e: Event) -> Desk:
    """Cards were changed under the PIN."""
    ref = d.staff.staff_ref if d.staff else ""
    return replace(d, lock=Lock(fault=Fault(FaultCode.LOCKED_BY_ANOTHER, {"ref": ref})))


def _wait_another(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (WaitAnotherCard(),)


def _put_there(d: Desk, e: Event) -> Desk:
    """Only for a device's answer somebody waits anew; what was typed is gone."""
    wait = _WAITS.get(type(e))
    return d if wait is None or wait in d.unheard else replace(d, unheard=(*d.unheard, wait))


def _unlocked(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.StaffSignedIn)
    return replace(d, staff=e.session, lock=None)


def _unlocked_noted(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (do.Note(AuditKind.WINDOW_UNLOCKED), do.WatchStaffCard(), *d.unheard)


def _failed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.DeviceFailed | ev.PlatformFailed) and d.lock is not None
    gone = e.fault.code in _RESTARTED | {FaultCode.CARD_REMOVED}
    return replace(d, lock=Lock(card=None if gone else d.lock.card, fault=e.fault))


def _listen(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (do.WaitStaffCard(),) if d.lock is not None and d.lock.card is None else (do.WatchStaffCard(),)


def _listen_again(d: Desk, e: Event) -> Desk:
    return replace(d, lock=Lock())


def _wait_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (do.WaitStaffCard(),)


def _warned(d: Desk, e: Event) -> Desk:
    return replace(d, idle_warned=True)


def _touched(d: Desk, e: Event) -> Desk:
    return replace(d, idle_warned=False)


# Before the step's own rows: what is meant for the lock never reaches the work beneath it.
LOCK_FIRST: tuple[Row[Desk], ...] = (
    Row(ev.LockAsked, None, _locked, _lock, _may_lock),
    Row(ev.TimedOut, None, _locked, _lock, _may_lock),
    Row(ev.IdleWarned, None, _warned, None, _may_lock),
    Row(ev.Touched, None, _touched),
    Row(ev.StaffLeft, None, _listen_again, _wait_again, _is_locked),  # the card may be taken along
    Row(ev.StaffCardPut, None, _card_put, _watch_or_wait, _is_locked),
    Row(ev.PinEntered, None, _checking, _check, _has_card),
    Row(ev.ChallengeSigned, None, None, _open_session, _by_own_card),
    Row(ev.ChallengeSigned, None, _of_another, _wait_another, _is_locked),
    Row(ev.StaffSignedIn, None, _unlocked, _unlocked_noted, _is_own),
    Row(ev.StaffSignedIn, None, _of_another, _wait_another, _is_locked),
    Row(ev.DeviceFailed, None, _failed, _listen, _at_lock),
    Row(ev.PlatformFailed, None, _failed, _listen, _at_lock),
    Row(ev.RetryAsked, None, _listen_again, _wait_again, _is_locked),
    *(Row(put, None, _put_there, None, _is_locked) for put in (*_WAITS, ev.CodeTyped)),
)
