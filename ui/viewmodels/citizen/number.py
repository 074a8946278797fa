"""排队取号: one touch for a number, and the number as large as it gets."""

from kiosk.contracts.printing import Printed
from kiosk.domain.queue import Priority
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Busy, Visit
from ui.viewmodels.page import Action
from ui.viewmodels.sight import Screen, Sight, Touch, choice

from .chrome import fault_row

# Who may say so of themselves; an appointment or a return is known to a clerk.
_FIRST = (Priority.ELDER, Priority.DISABLED, Priority.PREGNANT, Priority.WITH_INFANT, Priority.SOLDIER)
_PLAIN = "plain"


def choose_queue(s: Sight[Visit]) -> Screen:
    """One queue for everybody (R35); whoever is called first says why."""
    drawing = s.state.busy is Busy.NUMBER
    plain = choice(
        _PLAIN, s.say("choose_queue.plain"), s.say("choose_queue.plain_detail"), icon="people", act="draw",
        value=_PLAIN,
    )  # fmt: skip
    first = tuple(
        choice(
            why.value, s.say(f"priority.{why.value}"), s.say("choose_queue.first"), icon="star", act="draw",
            value=why.value,
        )
        for why in _FIRST
    )  # fmt: skip
    return Screen(
        s.say("choose_queue.drawing" if drawing else "choose_queue.title"),
        s.say("choose_queue.lead"),
        {},
        {
            "choices": tuple({**one, "words": s.say("choose_queue.pick")} for one in (plain, *first)),
            "banners": fault_row(s),
        },
        (Action("back", s.say("chrome.home"), icon="house"),),
    )


def queue_event(touch: Touch[Visit]) -> Event | None:
    """Plain, or with a reason."""
    if touch.name != "draw" or touch.sight.state.busy is not None:
        return None
    reasons = {why.value: why for why in _FIRST}
    if touch.text == _PLAIN:
        return ev.NumberAsked()
    return ev.NumberAsked(reasons[touch.text]) if touch.text in reasons else None


def see_number(s: Sight[Visit]) -> Screen:
    """The number, how many are before it, and plainly when that is not known."""
    v, drawn = s.state, s.state.drawn
    assert drawn is not None
    printing = v.busy is Busy.PRINTING
    unsure = v.receipt is not Printed.PRINTED and not printing
    again = Action(
        "retry", s.say("see_number.again"), icon="printer", enabled=v.busy is None,
        missing=s.say("take_receipt.printing.state"),
    )  # fmt: skip
    return Screen(
        s.say("see_number.title"),
        s.say("see_number.unsure" if unsure else "see_number.lead"),
        {
            "number": drawn.number,
            "numberLabel": s.say("see_number.label"),
            "words": _ahead(s, drawn),
            "answer": s.say("see_number.bring"),
        },
        {"banners": fault_row(s)},
        (Action("next", s.say("see_number.done"), "primary", "check"), again),
    )


def _ahead(s: Sight[Visit], drawn: ev.NumberDrawn) -> str:
    ticket = drawn.ticket
    if ticket is None:
        return s.say("see_number.local")
    if not ticket.ahead:
        return s.say("see_number.next")
    if ticket.estimate_minutes is None:
        return s.say("see_number.ahead", n=ticket.ahead)
    return s.say("see_number.ahead_time", n=ticket.ahead, minutes=ticket.estimate_minutes)
