"""read_guides: short pages of policy for anybody (R80); nobody is asked who they are, and nothing is kept."""

from dataclasses import replace

from kiosk.code_tables.policy_guides import policy_guides

from . import answers as keep
from . import effects as do
from . import events as ev
from .machine import Effect, Event, Journey, Row, Step
from .visit import Visit


def _is_there(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.GuidePicked) and any(page.id == e.guide for page in policy_guides())


def _picked(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.GuidePicked)
    return replace(v, guide=e.guide, receipt=None)


def _may_print(v: Visit, e: Event) -> bool:
    return v.busy is None


def _print(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert v.guide is not None
    return (do.PrintGuide(v.guide, v.language),)


READ_GUIDES: Journey[Visit] = Journey(
    "read_guides",
    (
        Step("choose_guide", (
            Row(ev.GuidePicked, "read_guide", _picked, None, _is_there),
            Row(ev.BackAsked, "home"),
        )),
        Step("read_guide", (
            Row(ev.RetryAsked, None, keep.printing, _print, _may_print),
            Row(ev.ReceiptDone, None, keep.printed),
            Row(ev.DeviceFailed, None, keep.device_failed),
            Row(ev.BackAsked, "choose_guide"),
            Row(ev.NextAsked, "home"),
        )),
    ),
)  # fmt: skip
