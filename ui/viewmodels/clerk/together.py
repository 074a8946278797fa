"""Two people: a colleague's card and PIN, what came of it, and the clerk's own card back."""

from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, DeskBusy
from kiosk.workflow.machine import Event
from kiosk.workflow.two_people import act_of
from ui.viewmodels.page import Action
from ui.viewmodels.sight import Sight, Touch
from ui.viewmodels.sight import line as fact

from .chrome import Page, key
from .room import Room, leave, paged

_PIN = range(4, 9)


def confirm_second(s: Sight[Desk]) -> Page:
    """Whose card lies there, and the PIN that only that person knows."""
    d = s.state
    card, busy = d.room.second_card, d.busy is DeskBusy.PIN
    typed = len(s.note("pin"))
    fits = card is not None and typed in _PIN and not busy
    asked = (
        s.say("room.confirm_second.card") if card is None else s.say("room.confirm_second.pin", ref=card.staff_ref)
    )
    missing = s.say("room.confirm_second.no_card" if card is None else "room.confirm_second.missing")
    return Page(
        s.say("room.confirm_second.title"),
        meta=s.say("room.confirm_second.meta", act=s.say(f"room.together.{act_of(d)}")),
        data={
            "typed": typed, "busy": busy or card is None, "hint": asked,
            "dots": s.say("enter_pin.dots", n=typed), "clear": s.say("enter_pin.clear"),
            "deletes": s.say("enter_pin.delete"),
        },
        actions=(
            Action("pin", s.say("room.confirm_second.go"), "primary", "shield-check", fits or busy, missing, busy,
                   s.say("clerk.busy.pin"), "Enter"),
        ),
        keys=(
            key("pin", "Enter", s.say("room.confirm_second.go"), enabled=fits),
            key("delete", "Backspace", s.say("enter_pin.delete"), enabled=typed > 0 and not busy),
            key("retry", "F5", s.say("clerk.listen_again"), enabled=not busy),
            leave(s),
        ),
        mend=key("retry", "F5", s.say("clerk.listen_again")),
    )  # fmt: skip


def second_event(touch: Touch[Desk]) -> Event | None:
    """The PIN goes to the second card and nowhere else."""
    pin = touch.sight.note("pin")
    fits = len(pin) in _PIN and pin.isascii() and pin.isdigit()
    return ev.PinEntered(pin) if touch.name == "pin" and fits and touch.sight.state.busy is None else None


def return_card(s: Sight[Desk]) -> Page:
    """Nothing goes on before the clerk's own card lies there again."""
    d = s.state
    waits = d.room.second is not None and not d.room.done and d.fault is None
    done = s.say(f"room.done.{d.room.done}", n=d.room.figure) if d.room.done else ""
    return paged(s, Room(
        "return_card", said=s.say("room.return_card.asking") if waits else done or s.say("room.return_card.nothing"),
        said_state="now" if waits else "ok" if done else "wait",
        said_icon="send" if waits else "check" if done else "info",
        meta=s.say("room.return_card.meta", ref=d.staff.staff_ref if d.staff else ""),
        about=(fact("own", s.say("room.return_card.own"), d.staff.staff_ref if d.staff else ""),),
        keys=(
            key("retry", "F5", s.say("clerk.listen_again")),
            key("sign_out", "Ctrl+Q", s.say("clerk.sign_out")),
        ),
    ))  # fmt: skip
