"""Whether a hall is manned and equipped as the plan wants (R35, R36, R37, R54, R57). The numbers are data."""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import sqlalchemy as sa

from kiosk.code_tables import pack as packs
from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import supervision as wire

from . import feed, presence
from . import tables as t
from .call import Call, Reply
from .casework import DEPARTMENTS
from .handling import Handlers, of_data, of_rows
from .moments import at
from .platform import Platform
from .refusal import Refused, invalid
from .transaction import Tx

HEARD_WITHIN_MS = 90_000  # a terminal that was silent for longer is off the line
_TIERS = {"cq-demo-01": "main", "cq-demo-02": "other"}
_PRINTERS = ("receipt_printer", "document_printer")
_WORKING = ("READY", "BUSY")


def seed(c: sa.Connection) -> None:
    """What kind of hall each of the two is."""
    c.execute(t.hall_setting.insert(), [{"site_id": site, "tier": tier} for site, tier in _TIERS.items()])


@cache
def plan() -> tuple[dict[str, str], ...]:
    """The plan's numbers."""
    return packs.read(files("kiosk.sandbox").joinpath("data/thresholds.csv").read_text("utf-8")).rows


def get_roster(call: Call, tx: Tx) -> Reply:
    """Of a day; of today without one."""
    site_id = feed.own_site(call)
    return _roster(tx, site_id, _day(call.query.get("day", presence.today(tx)), "/query/day").isoformat())


def put_roster(platform: Platform, call: Call, tx: Tx) -> Reply:
    """Everybody of the day at once, on the version that was seen."""
    asked, site_id = call.body(wire.PutRoster), feed.own_site(call)
    if _day(asked.day, "/day") < at(tx.now).date():
        raise Refused("too-late")
    _check(tx, site_id, asked.lines)
    column, line = t.roster.c, t.roster_line.c
    mine = sa.and_(column.site_id == site_id, column.day == asked.day)
    head = {"site_id": site_id, "day": asked.day, "version": 1, "at": tx.now, "by_ref": call.caller.staff_ref}
    if call.if_match is None:
        if not platform.store.insert_new(tx.c, t.roster, head):
            raise Refused("version-mismatch", etag=f"v{_version(tx, mine)}")
    else:
        moved = sa.update(t.roster).where(mine, column.version == call.if_match)
        values = {"version": column.version + 1, "at": tx.now, "by_ref": call.caller.staff_ref}
        if tx.c.execute(moved.values(**values)).rowcount != 1:
            raise Refused("version-mismatch", etag=f"v{_version(tx, mine)}")
    tx.c.execute(sa.delete(t.roster_line).where(line.site_id == site_id, line.day == asked.day))
    for one in asked.lines:
        row = {"site_id": site_id, "day": asked.day, "staff_ref": one.staff_ref, "duty": one.duty}
        tx.c.execute(t.roster_line.insert().values(**row, window=one.window))
    tx.changed(site_id, "roster", asked.day, _version(tx, mine))
    return _roster(tx, site_id, asked.day)


def _check(tx: Tx, site_id: str, lines: tuple[wire.RosterLineSent, ...]) -> None:
    roles = {row.ref: row.roles.split() for row in tx.c.execute(sa.select(t.staff.c.ref, t.staff.c.roles))}
    windows, seen = presence.windows_of(tx, site_id), set()
    for number, one in enumerate(lines):
        if one.staff_ref in seen:
            raise invalid(f"/lines/{number}/staff_ref", "each once")
        seen.add(one.staff_ref)
        if one.duty not in roles.get(one.staff_ref, ()):
            raise invalid(f"/lines/{number}/duty", "not a duty of that person")
        if one.duty == "clerk" and one.window not in windows:
            raise invalid(f"/lines/{number}/window", "a window of the hall")
        if one.duty == "helper" and one.window is not None:
            raise invalid(f"/lines/{number}/window", "helpers have none")


def _version(tx: Tx, mine: Any) -> int:
    found: int | None = tx.c.execute(sa.select(t.roster.c.version).where(mine)).scalar()
    return found or 0


def _roster(tx: Tx, site_id: str, day: str) -> Reply:
    version = _version(tx, sa.and_(t.roster.c.site_id == site_id, t.roster.c.day == day))
    lines = tuple(wire.RosterLine(row.staff_ref, row.duty, row.window) for row in _on_duty(tx, site_id, day))
    return Reply(200, wire.Roster(site_id, day, version, lines), f"v{version}")


def _on_duty(tx: Tx, site_id: str, day: str) -> list[Any]:
    line = t.roster_line.c
    mine = sa.select(t.roster_line).where(line.site_id == site_id, line.day == day)
    return list(tx.c.execute(mine.order_by(line.staff_ref)))


def _day(text: str, pointer: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise invalid(pointer, "a day of the calendar") from None


def get_thresholds(call: Call, tx: Tx) -> Reply:
    """Open windows, helpers on duty, terminals that work: now, against the plan."""
    site_id = feed.own_site(call)
    setting = t.hall_setting.c
    tier: Any = tx.c.execute(sa.select(setting.tier).where(setting.site_id == site_id)).scalar() or "other"
    duty = _on_duty(tx, site_id, presence.today(tx))
    rostered = [row.window for row in duty if row.duty == "clerk" and row.window]
    helpers = presence.helpers_signed_in(tx, site_id) | {row.staff_ref for row in duty if row.duty == "helper"}
    actual = {
        "windows": len(presence.windows_open(tx, site_id, rostered)), "helpers": len(helpers),
        "sets": _sets_online(tx, site_id),
    }  # fmt: skip
    lines = []
    for row in plan():
        if row["tier"] == tier:
            name: Any = row["name"]
            wanted, there = int(row["wanted"]), actual[row["name"]]
            lines.append(wire.Threshold(name, row["clause"], row["words"], wanted, there, there >= wanted))
    return Reply(200, wire.Thresholds(site_id, tier, at(tx.now), tuple(lines)))


def _sets_online(tx: Tx, site_id: str) -> int:
    # A set is a terminal with a printer that works, and both have been heard of just now.
    column = t.terminal.c
    heard = sa.select(column.heartbeat).where(
        column.site_id == site_id, column.kind == "SELF_SERVICE", column.state == "ACTIVE",
        column.seen_at >= tx.now - HEARD_WITHIN_MS,
    )  # fmt: skip
    return sum(_prints(row.heartbeat) for row in tx.c.execute(heard))


def _prints(heartbeat: bytes | None) -> bool:
    try:
        beat = msgspec.json.decode(heartbeat or b"", type=api.Heartbeat)
    except msgspec.DecodeError:
        return False
    return any(one.kind in _PRINTERS and one.state in _WORKING for one in beat.devices)


def check_queue_services(call: Call) -> Reply:
    """Every business in the queue has to take all items: no window for a single one (R35)."""
    asked = call.body(wire.CheckQueueServices)
    feed.own_site(call)
    known = set(DEPARTMENTS)
    for number, one in enumerate(asked.services):
        if missing := known - set(one.items):
            raise invalid(f"/services/{number}/items", f"R35: all items at every window, missing {min(missing)}")
    if len(asked.services) > 1:
        raise invalid("/services/1", "R35: one business, one queue")
    return Reply(200, wire.QueueServicesChecked(tuple(one.code for one in asked.services)))


HANDLERS: Handlers = {
    "getRoster": of_rows(get_roster), "putRoster": put_roster, "getThresholds": of_rows(get_thresholds),
    "checkQueueServices": of_data(check_queue_services),
}  # fmt: skip
