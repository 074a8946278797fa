"""Two people: a colleague's card and PIN, what came of it, and the clerk's own card back."""

from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, DeskBusy
from kiosk.workflow.machine import Event
from kiosk.workflow.two_people import act_of
from ui.viewmodels.page import Action
from ui.viewmodels.sight import Sight, Touch
from ui.viewmodels.sight import line as fact

from .chrome import Page, key
from .room import Entry, Room, leave, paged

_PIN = range(4, 9)


def confirm_second(s: Sight[Desk]) -> Page:
    """Whose card lies there, and the PIN that only that person knows."""
    d = s.state
    card, busy = d.room.second_card, d.busy is DeskBusy.PIN
    typed = len(s.note("entry"))
    fits = card is not None and typed in _PIN and not busy
    said = s.say("room.confirm_second.card" if card is None else "room.confirm_second.pin")
    return paged(s, Room(
        "confirm_second", entry=Entry(
            s.say("room.confirm_second.pin_of", ref=card.staff_ref), s.say("room.confirm_second.hint"), "pin", 8
        ) if card is not None and not busy else None,
        said=s.say("clerk.busy.pin") if busy else said, said_icon="lock" if card else "card",
        meta=s.say("room.confirm_second.meta", act=s.say(f"room.together.{act_of(d)}")),
        about=(
            fact("first", s.say("room.confirm_second.first"), d.staff.staff_ref if d.staff else ""),
            fact("second", s.say("room.confirm_second.second"), card.staff_ref if card else "—"),
        ),
        actions=(
            Action("pin", s.say("room.confirm_second.go"), "primary", "shield-check", fits or busy,
                   s.say("room.confirm_second.missing"), busy, s.say("clerk.busy.pin"), "Enter"),
        ),
        keys=(
            key("pin", "Enter", s.say("room.confirm_second.go"), enabled=fits),
            key("retry", "F5", s.say("clerk.listen_again"), enabled=not busy),
            leave(s),
        ),
    ))  # fmt: skip


def second_event(touch: Touch[Desk]) -> Event | None:
    """The PIN goes to the second card and nowhere else."""
    pin = touch.sight.note("entry")
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
