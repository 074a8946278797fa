"""draw_number: 排队取号 at the terminal. Nobody is asked who they are; the number is on paper at once.

Without the platform the terminal gives a number of its own series, which keeps its place by the time it was drawn.
"""

from dataclasses import replace

from kiosk.rules.documents.queue_ticket import QueueTicket

from . import answers as keep
from . import errands as run
from . import events as ev
from . import queue_effects as queue_do
from .machine import Effect, Event, Journey, Row, Step
from .visit import Busy, Visit


def _is_free(v: Visit, e: Event) -> bool:
    return v.busy is None


def _drawing(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.NUMBER, fault=None)


def _draw(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.NumberAsked)
    return (queue_do.DrawNumber(e.priority),)


def _drawn(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.NumberDrawn)
    return replace(v, drawn=e)


def _print(v: Visit) -> tuple[Effect, ...]:
    drawn = v.drawn
    assert drawn is not None
    waiting = drawn.ticket.ahead if drawn.ticket else None
    return (queue_do.PrintTicket(QueueTicket(drawn.number, waiting, taken_at=drawn.taken_at), v.language),)


def _print_again(v: Visit, e: Event) -> tuple[Effect, ...]:
    return _print(v)


def _ended(v: Visit, e: Event) -> Visit:
    return replace(v, ended="done")


DRAW_NUMBER: Journey[Visit] = Journey(
    "draw_number",
    (
        Step("choose_queue", (
            Row(ev.NumberAsked, None, _drawing, _draw, _is_free),
            Row(ev.NumberDrawn, "see_number", _drawn),
            Row(ev.PlatformFailed, None, keep.platform_failed),
            Row(ev.BackAsked, "home"),
        )),
        Step("see_number", (
            Row(ev.ReceiptDone, None, keep.printed),
            Row(ev.DeviceFailed, None, keep.device_failed),
            Row(ev.RetryAsked, None, keep.printing, _print_again, _is_free),
            Row(ev.NextAsked, "farewell", _ended, run.forget_done),
        ), enter=_print),
    ),
)  # fmt: skip
