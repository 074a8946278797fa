"""Burden figures of terminals: how much work a step was, never what was typed. Each is counted once."""

from kiosk.contracts.platform_api import terminals as wire

from . import tables as t
from .call import Call, Reply
from .handling import Handlers
from .moments import DAY, MINUTE, ms_of
from .platform import Platform
from .transaction import Tx

OLDEST_MS = 30 * DAY
_AHEAD_MS = 5 * MINUTE
_LARGEST = {"prefilled_share": 1.0, "seconds": 86_400.0}
_MEASURED = ("prefilled_share", "seconds")  # the other names count something, in whole numbers


def post_telemetry(platform: Platform, call: Call, tx: Tx) -> Reply:
    """One verdict per figure. A case is only noted, never looked up: an answer would tell whether there is one."""
    asked = call.body(wire.PostTelemetry)
    results = tuple(wire.BurdenStatus(event.id, _taken(platform, call, tx, event)) for event in asked.events)
    return Reply(200, wire.TelemetryTaken(results))


def _taken(platform: Platform, call: Call, tx: Tx, event: wire.BurdenEvent) -> wire.Verdict:
    moment = ms_of(event.at)
    if not tx.now - OLDEST_MS <= moment <= tx.now + _AHEAD_MS or not sensible(event.name, event.value):
        return "refused"
    row = {
        "terminal_id": call.caller.terminal_id, "id": event.id, "site_id": call.caller.site_id, "at": moment,
        "received_at": tx.now, "name": event.name, "step": event.step, "value": event.value, "case_id": event.case_id,
    }  # fmt: skip
    return "accepted" if platform.store.insert_new(tx.c, t.telemetry, row) else "known"


def sensible(name: str, value: float) -> bool:
    """Whether a figure of this name can have this value."""
    return value <= _LARGEST.get(name, 1_000_000.0) and (name in _MEASURED or value == int(value))


HANDLERS: Handlers = {"postTelemetry": post_telemetry}
