"""Taking the window: staff card, then PIN."""

from kiosk.contracts.device import DeviceKind
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, DeskBusy
from kiosk.workflow.machine import Event
from ui.viewmodels.page import Action
from ui.viewmodels.sight import Sight, Touch

from .chrome import Page, key

_PIN = range(4, 9)


def present_staff_card(s: Sight[Desk]) -> Page:
    """Lay the staff card; nothing else works before."""
    anew = key("retry", "F5", s.say("clerk.retry"), enabled=s.state.fault is not None)
    broken = any(r.kind is DeviceKind.STAFF_CARD_READER and r.fault is not None for r in s.scene.reports)
    works = s.state.fault is None and not broken
    return Page(
        s.say("present_staff_card.title"),
        meta=s.say("present_staff_card.lead"),
        data={
            "caption": s.say("present_staff_card.caption"),
            "waiting": s.say("present_staff_card.waiting" if works else "present_staff_card.not_waiting"),
            "works": works,
            "hint": s.say("present_staff_card.hint"),
        },
        keys=(anew,),
        mend=anew,
    )


def enter_pin(s: Sight[Desk]) -> Page:
    """Four to eight digits; the card itself checks them."""
    d = s.state
    typed, busy = len(s.note("pin")), d.busy is DeskBusy.PIN
    missing = s.say("enter_pin.missing")
    return Page(
        s.say("enter_pin.title"),
        meta=s.say("enter_pin.lead", ref=d.card.staff_ref if d.card else ""),
        data={
            "typed": typed,
            "busy": busy,
            "hint": s.say("enter_pin.hint"),
            "dots": s.say("enter_pin.dots", n=typed),
            "clear": s.say("enter_pin.clear"),
            "deletes": s.say("enter_pin.delete"),
        },
        actions=(
            Action(
                "pin", s.say("enter_pin.go"), "primary", "arrow-right", typed in _PIN or busy, missing, busy,
                s.say("clerk.busy.pin"), "Enter",
            ),
        ),
        keys=(
            key("pin", "Enter", s.say("enter_pin.go"), enabled=typed in _PIN and not busy),
            key("delete", "Backspace", s.say("enter_pin.delete"), enabled=typed > 0 and not busy),
            key("back", "Esc", s.say("enter_pin.back")),
        ),
    )  # fmt: skip


def pin_event(touch: Touch[Desk]) -> Event | None:
    """The PIN goes to the card and nowhere else."""
    pin = touch.sight.note("pin")
    fits = len(pin) in _PIN and pin.isascii() and pin.isdigit()
    return ev.PinEntered(pin) if touch.name == "pin" and fits and touch.sight.state.busy is None else None


def locked(s: Sight[Desk]) -> Page:
    """Somebody's work is open here and nothing of it is shown: the same card and PIN."""
    lock = s.state.lock
    assert lock is not None and s.state.staff is not None
    typed, laid = len(s.note("pin")), lock.card is not None
    hint = s.say("enter_pin.hint" if laid else "lock.lay_card")
    good = laid and typed in _PIN and not lock.checking
    missing = s.say("enter_pin.missing" if laid else "lock.lay_card_first")
    return Page(
        s.say("lock.title"),
        meta=s.say("lock.lead", ref=s.state.staff.staff_ref),
        data={
            "typed": typed,
            "busy": lock.checking or not laid,
            "hint": hint,
            "dots": s.say("enter_pin.dots", n=typed),
            "clear": s.say("enter_pin.clear"),
            "deletes": s.say("enter_pin.delete"),
        },
        actions=(
            Action(
                "pin", s.say("lock.open"), "primary", "lock", good or lock.checking, missing, lock.checking,
                s.say("clerk.busy.pin"), "Enter",
            ),
        ),
        keys=(
            key("pin", "Enter", s.say("lock.open"), enabled=good),
            key("delete", "Backspace", s.say("enter_pin.delete"), enabled=typed > 0 and not lock.checking),
            key("retry", "F5", s.say("clerk.listen_again"), enabled=not lock.checking),
            key("end_lock", "Ctrl+Q", s.say("lock.sign_out"), enabled=not lock.checking),
        ),
        name="locked",
    )  # fmt: skip


def lock_event(touch: Touch[Desk]) -> Event | None:
    """Only what opens the lock, or ends the work under it."""
    lock, pin = touch.sight.state.lock, touch.sight.note("pin")
    if touch.name in ("retry", "touched"):
        return ev.RetryAsked() if touch.name == "retry" else None
    if touch.name == "end_lock":
        return ev.SignOutAsked()
    fits = len(pin) in _PIN and pin.isascii() and pin.isdigit()
    ready = lock is not None and lock.card is not None and not lock.checking
    return ev.PinEntered(pin) if touch.name == "pin" and fits and ready else None
