"""sign_in: a clerk takes the window with staff card and PIN."""

from dataclasses import replace

from kiosk.audit import AuditKind

from . import effects as do
from . import events as ev
from . import queue_effects as queue_do
from .desk import Desk, DeskBusy
from .machine import Effect, Event, Journey, Row, Step


def _card_put(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.StaffCardPut)
    return replace(d, card=e.card, fault=None)


def _pin(d: Desk, e: Event) -> Desk:
    return replace(d, busy=DeskBusy.PIN, fault=None)


def _unlock(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.PinEntered) and d.card is not None
    return (do.UnlockStaffCard(d.card.staff_ref, e.pin),)


def _open_session(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.ChallengeSigned)
    return (do.OpenStaffSession(e.signed.staff_ref, e.signed.challenge, e.signed.signature),)


def _signed_in(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.StaffSignedIn)
    return replace(d, staff=e.session, busy=None)


def _failed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.DeviceFailed | ev.SignInFailed | ev.PlatformFailed)
    return replace(d, busy=None, fault=e.fault)


def _wait(d: Desk) -> tuple[Effect, ...]:
    return (do.WaitStaffCard(),)


def _wait_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return _wait(d)


def signed_in_noted(d: Desk, e: Event) -> tuple[Effect, ...]:
    """Whoever signed in is watched for leaving, and hears of the queue."""
    return (do.Note(AuditKind.STAFF_SIGNED_IN), do.WatchStaffCard(), queue_do.FollowQueue())


SIGN_IN: Journey[Desk] = Journey(
    "sign_in",
    (
        Step("present_staff_card", (
            Row(ev.StaffCardPut, "enter_pin", _card_put),
            Row(ev.DeviceFailed, None, _failed),
            Row(ev.RetryAsked, None, None, _wait_again),
        ), enter=_wait),
        Step("enter_pin", (
            Row(ev.PinEntered, None, _pin, _unlock),
            Row(ev.ChallengeSigned, None, None, _open_session),
            Row(ev.StaffSignedIn, "find_case", _signed_in, signed_in_noted),
            Row(ev.SignInFailed, None, _failed),
            Row(ev.DeviceFailed, None, _failed),
            Row(ev.PlatformFailed, None, _failed),
            Row(ev.BackAsked, "present_staff_card"),
        )),
    ),
)  # fmt: skip
