"""two_people: a colleague's card confirms beside the clerk's, which comes back before anything else is done.

The one reader takes one card at a time. While the colleague's lies there, nobody is signed out and nothing can be
done but this one act; without the clerk's own card the window goes no further.
"""

from dataclasses import replace

from kiosk.contracts.custody import CloseCount, ReceiveGoods, SettleDiscrepancy, VoidUnit

from . import effects as do
from . import events as ev
from . import room_effects as room
from .desk import Desk, DeskBusy
from .events import backroom as back
from .machine import Effect, Event, Fork, Journey, Row, Step
from .scanned import with_room

_RETURNS = ("see_store", "handle_unit", "receive_goods", "close_count", "see_tasks", "count_shift")


def card_lies(d: Desk, e: Event) -> Desk:
    """A colleague's card lies there."""
    assert isinstance(e, back.SecondCardPut)
    return with_room(replace(d, fault=None), second_card=e.card)


def checking(d: Desk, e: Event) -> Desk:
    """Card and platform look at the PIN."""
    return replace(d, busy=DeskBusy.PIN, fault=None)


def _unlock(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.PinEntered) and d.room.second_card is not None
    return (room.UnlockSecondCard(d.room.second_card.staff_ref, e.pin),)


def has_second(d: Desk, e: Event) -> bool:
    """It lies there, and nobody is asked about it yet."""
    return d.room.second_card is not None and d.busy is None


def _confirm(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, back.SecondSigned)
    return (room.ConfirmSecondCard(e.signed.staff_ref, e.signed.challenge, e.signed.signature),)


def _confirmed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, back.SecondConfirmed)
    return with_room(replace(d, busy=None), second=e.second)


def _act(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, back.SecondConfirmed) and d.room.waiting is not None
    return (room.ActTogether(d.room.waiting, (("act", act_of(d)), ("second", e.second.staff_ref))),)


def act_of(d: Desk) -> str:
    """What takes two here, as words and audit trail name it."""
    names = {ReceiveGoods: "receive", VoidUnit: "void", CloseCount: "close_count", SettleDiscrepancy: "settle"}
    return names.get(type(d.room.waiting), "")


def _failed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.DeviceFailed | ev.PlatformFailed)
    return replace(d, busy=None, fault=e.fault)


def anew(d: Desk, e: Event) -> Desk:
    """Another card, please."""
    return with_room(replace(d, busy=None, fault=None), second_card=None, second=None)


def _wait(d: Desk) -> tuple[Effect, ...]:
    return (room.WaitSecondCard(),)


def _wait_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (room.WaitSecondCard(),)


def _done(d: Desk, e: Event) -> Desk:
    assert isinstance(e, back.DoneTogether)
    return with_room(
        replace(d, fault=None, busy=None), done=act_of(d), figure=e.figure, count=e.count or d.room.count
    )


def _own(d: Desk) -> tuple[Effect, ...]:
    return (room.WaitOwnCard(),)


def _own_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (room.WaitOwnCard(),)


def _back(d: Desk, e: Event) -> Desk:
    return with_room(d, waiting=None, second_card=None, second=None, own_back=False)


def _heard_and_back(d: Desk, e: Event) -> Desk:
    return _back(_done(d, e) if isinstance(e, back.DoneTogether) else _failed(d, e), e)


def _lies_again(d: Desk, e: Event) -> Desk:
    return with_room(d, own_back=True)


def _watch(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (do.WatchStaffCard(), room.ReadStore())


def _heard(d: Desk, e: Event) -> bool:
    """Whether the act was answered, or was never asked for."""
    return d.room.done != "" or d.fault is not None or d.room.second is None


def _is_back(d: Desk, e: Event) -> bool:
    return d.room.own_back


_ORIGIN: Fork[Desk] = Fork("回到原处", _RETURNS, lambda d: d.room.origin or "see_store")

TWO_PEOPLE: Journey[Desk] = Journey(
    "two_people",
    (
        Step("confirm_second", (
            Row(back.SecondCardPut, None, card_lies),
            Row(ev.PinEntered, None, checking, _unlock, has_second),
            Row(back.SecondSigned, None, None, _confirm),
            Row(back.SecondConfirmed, "return_card", _confirmed, _act),
            Row(ev.DeviceFailed, None, _failed),
            Row(ev.PlatformFailed, None, _failed),
            Row(ev.RetryAsked, None, anew, _wait_again),
            Row(ev.BackAsked, "return_card", anew),
        ), enter=_wait),
        Step("return_card", (
            Row(back.DoneTogether, _ORIGIN, _heard_and_back, _watch, _is_back),
            Row(back.DoneTogether, None, _done),
            Row(ev.PlatformFailed, _ORIGIN, _heard_and_back, _watch, _is_back),
            Row(ev.PlatformFailed, None, _failed),
            Row(ev.DeviceFailed, None, _failed),
            Row(ev.RetryAsked, None, None, _own_again),
            Row(back.OwnCardBack, _ORIGIN, _back, _watch, _heard),
            Row(back.OwnCardBack, None, _lies_again),
        ), enter=_own),
    ),
)  # fmt: skip
