"""What became of a tax device that was read back: laid ready for its company, or put aside."""

from kiosk.contracts.ledger import Verdict
from kiosk.domain.article import ArticleKind
from kiosk.domain.device_issue import serial_of
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk
from kiosk.workflow.machine import Event
from kiosk.workflow.set_aside import arrived
from ui.viewmodels.naming import business
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight, Touch

from .chrome import Page, key


def device_ready(s: Sight[Desk]) -> Page:
    """It fits: where it belongs until it is handed over."""
    d = s.state
    assert d.case is not None and d.devices.issue is not None
    device = next((a for a in d.case.articles if a.kind is ArticleKind.TAX_DEVICE), None)
    place = device.place if device else ""
    steps = (
        _step(s, "label", s.say("device_ready.label", code=d.case.slip_code)),
        _step(s, "shelf", s.say("device_ready.shelf", place=place) if place else s.say("device_ready.with_the_rest")),
    )
    return _settled(s, "device_ready", d.devices.issue.number, "ok", s.say("device_ready.said"), steps, ())


def device_aside(s: Sight[Desk]) -> Page:
    """It does not: where it goes, what else goes back, and that another is issued."""
    d, aside = s.state, s.state.devices.aside
    assert d.case is not None and aside is not None
    here = arrived(d)
    steps = [_step(s, "quarantine", s.say("device_aside.quarantine"))]
    if aside.from_bundle:
        steps.append(_step(s, "bundle", s.say("device_aside.bundle")))
    steps.append(_step(s, "then", s.say("device_aside.then")))
    another = Action(
        "another",
        s.say("take_device.another"),
        "secondary",
        "tax-device",
        here,
        s.say("device_aside.waits"),
        key="F6",
    )
    cause = s.say(f"device_aside.cause.{aside.cause.value}")
    return _settled(s, "device_aside", serial_of(aside.unit_id), "stop", cause, tuple(steps), (another,))


def _step(s: Sight[Desk], name: str, words: str) -> Row:  # noqa: ARG001
    return {"key": name, "words": words}


def _settled(
    s: Sight[Desk], name: str, number: str, state: str, said: str, steps: tuple[Row, ...], more: tuple[Action, ...]
) -> Page:
    d = s.state
    assert d.case is not None
    here = arrived(d)
    refused = d.deed is not None and d.deed.verdict in (Verdict.REFUSED, Verdict.GAVE_UP)
    kept, sent = d.truth.recorded, d.truth.sent if here else None
    far = "known" if here else "parked" if refused else "sending" if s.scene.online else "offline"
    stations = (
        _station(s, "recorded", "done" if kept else "waiting", f"{kept:%H:%M:%S}" if kept else "", "save"),
        _station(s, "told", "done" if here else "waiting", f"{sent:%H:%M:%S}" if sent else "", "stamp"),
    )
    again = key("retry", "F5", s.say("clerk.retry"), enabled=d.fault is not None and d.deed is None)
    keys = [key("next", "Enter", s.say("devices.to_list"))]
    keys += [key(one.name, one.key, one.text, enabled=one.enabled) for one in more]
    return Page(
        s.say(f"{name}.title"),
        business(d.case.form, s.words),
        s.say("check_bundle.meta", code=d.case.slip_code, uscc=d.case.uscc),
        {
            "said": said,
            "saidState": state,
            "number": s.say("devices.number", n=number),
            "tally": s.say(f"devices.{far}"),
            "tallyMore": s.say(f"{name}.more"),
        },
        {"stations": stations, "steps": steps},
        (Action("next", s.say("devices.to_list"), "primary", "arrow-right", key="Enter"), *more),
        (*keys, again, key("back", "Esc", s.say("devices.to_desk"))),
        again if again["enabled"] else None,
    )


def _station(s: Sight[Desk], name: str, state: str, at: str, icon: str) -> Row:
    return {"key": name, "state": state, "text": s.say(f"devices.{name}"), "at": at, "icon": icon}


def aside_event(touch: Touch[Desk]) -> Event | None:
    """Another device for the same case, once the platform knows of the first."""
    return ev.AnotherAsked() if touch.name == "another" and arrived(touch.sight.state) else None
