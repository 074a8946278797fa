"""保管库: what lies where, what is low, what is on its way, what was counted; and one thing by its number."""

from collections import Counter

from kiosk.contracts.custody import UnitAct
from kiosk.domain.stock import HELD, StockBook, StockUnit
from kiosk.rules.custody import ACTS
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk
from kiosk.workflow.events import backroom as back
from kiosk.workflow.machine import Event
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight, Touch
from ui.viewmodels.sight import line as fact

from .chrome import Page, key, scan_of
from .room import (
    Entry,
    Room,
    arrows,
    as_of,
    done_line,
    is_done,
    kind_words,
    leave,
    lines,
    marked,
    next_action,
    paged,
    place_name,
    tab_of,
    tabs,
)

TABS = ("places", "levels", "shelf", "transfers", "counts")
Found = list[tuple[str, dict[str, str], str, str]]
REASONS: dict[UnitAct, tuple[str, ...]] = {
    UnitAct.QUARANTINE: ("damaged", "misprinted", "doubtful"),
    UnitAct.RETURN: ("brought_back",),
    UnitAct.CLEAR: ("checked",),
    UnitAct.VOID: ("damaged", "misprinted"),
    UnitAct.FIND: ("found_again",),
}
_COLUMNS = {
    "places": (("place", 12, 12), ("holds", 260, 280), ("counted_at", 520, 560), ("verdict", 900, 1000)),
    "levels": (("kind", 12, 12), ("free", 360, 400), ("low_below", 600, 680), ("verdict", 900, 1000)),
    "shelf": (("shelf", 12, 12), ("slip", 260, 280), ("things", 480, 520)),
    "transfers": (("route", 12, 12), ("things", 420, 460), ("sent_at", 860, 880), ("verdict", 1180, 1180)),
    "counts": (("place", 12, 12), ("counted_at", 260, 280), ("expected", 560, 600), ("verdict", 900, 1000)),
}


def see_store(s: Sight[Desk]) -> Page:
    """Five lists of the same store; the arrows stand on a line, Enter goes on with it."""
    d, tab = s.state, tab_of(s, TABS)
    book = d.room.book
    rows = lines(s, _found(s, book, tab) if book else [])
    here = _place(s)
    keeper = d.staff is not None and "keeper" in d.staff.roles and s.scene.online
    goes_on = tab in ("transfers", "counts") and bool(rows)
    origin = _origin(s)
    return paged(s, Room(
        "see_store", _COLUMNS[tab], rows, tabs=tabs(s, "see_store", TABS), meta=as_of(s),
        said=s.say("room.see_store.reading") if d.room.reading else _lead(s, tab, len(rows)),
        said_icon="search" if d.room.reading else "box",
        said_state="now" if s.scene.online else "wait",
        actions=(
            Action("open", s.say(f"room.see_store.open.{tab}"), "primary", "arrow-right", goes_on,
                   s.say("room.see_store.none"), key="Enter"),
        ) if tab in ("transfers", "counts") else (
            Action("unit", s.say("room.see_store.unit"), "primary", "scan", book is not None,
                   s.say("room.see_store.none"), key="F3"),
        ),
        keys=(
            *arrows(s, len(rows), pages=True),
            key("open", "Enter", s.say("room.see_store.go_on"), enabled=goes_on),
            key("count", "F2", s.say("room.see_store.count"), enabled=here != ""),
            key("unit", "F3", s.say("room.see_store.unit"), enabled=book is not None),
            key("receive", "F4", s.say("room.see_store.receive"), enabled=keeper and here != ""),
            key("send", "F6", s.say("room.see_store.send"), enabled=keeper and here not in ("", origin)),
            key("reports", "F8", s.say("room.see_store.reports"), enabled=book is not None),
            key("retry", "F5", s.say("room.again")),
            leave(s),
        ),
    ))  # fmt: skip


def _lead(s: Sight[Desk], tab: str, count: int) -> str:
    if not s.scene.online:
        return s.say("room.see_store.offline")
    return s.say(f"room.see_store.lead.{tab}", n=count)


def _place(s: Sight[Desk]) -> str:
    """The place on whose line the arrows stand."""
    book = s.state.room.book
    if book is None or tab_of(s, TABS) != "places" or not book.places:
        return ""
    return book.places[marked(s, len(book.places))].place


def _origin(s: Sight[Desk]) -> str:
    """Where a transfer comes from: the hall's store; into the store it comes from the window that holds most."""
    book, here = s.state.room.book, _place(s)
    if book is None or not book.places or not here:
        return ""
    store = book.places[0].place
    if here != store:
        return store
    held = Counter(one.place for one in book.units if one.state in HELD and one.place != store)
    return held.most_common(1)[0][0] if held else ""


def _found(s: Sight[Desk], book: StockBook, tab: str) -> Found:
    match tab:
        case "levels":
            return [
                (
                    one.kind.value,
                    {"kind": kind_words(s, one.kind), "free": str(one.free), "low_below": str(one.low_below)},
                    "wait" if one.low else "ok", s.say("room.low" if one.low else "room.enough"),
                )
                for one in book.levels
            ]  # fmt: skip
        case "shelf":
            return [
                (
                    one.case_id,
                    {
                        "shelf": one.place or "—", "slip": one.slip_code,
                        "things": s.listed([s.say(f"article.{kind}") for kind, _ in one.things]) or "—",
                    },
                    "", "",
                )
                for one in book.shelf
            ]  # fmt: skip
        case "transfers":
            return [
                (
                    one.id,
                    {
                        "route": f"{place_name(s, one.origin)} → {place_name(s, one.target)}",
                        "things": s.say("room.see_store.things", n=len(one.units), m=len(one.ranges)),
                        "sent_at": f"{one.sent_at:%m-%d %H:%M}",
                    },
                    "wait", s.say("room.on_its_way"),
                )
                for one in book.transfers
                if not one.arrived
            ]  # fmt: skip
        case "counts":
            return [
                (
                    one.id,
                    {
                        "place": place_name(s, one.place), "counted_at": f"{one.counted_at:%m-%d %H:%M}",
                        "expected": str(one.expected),
                    },
                    "stop" if one.differences else "ok",
                    s.say("room.differs", n=one.differences) if one.differences else s.say("room.agrees"),
                )
                for one in book.counts
                if one.open
            ]  # fmt: skip
    return [
        (
            one.place,
            {
                "place": place_name(s, one.place), "holds": str(one.holds),
                "counted_at": f"{one.counted_at:%m-%d %H:%M}" if one.counted_at else s.say("room.never"),
            },
            "wait" if one.due else "ok", s.say("room.due" if one.due else "room.not_due"),
        )
        for one in book.places
    ]  # fmt: skip


def store_event(touch: Touch[Desk]) -> Event | None:
    """What is done with the line at hand."""
    s, name = touch.sight, touch.name
    book, here = s.state.room.book, _place(touch.sight)
    if name == "unit":
        return back.UnitAsked()
    if name == "reports":
        return back.ReportsAsked()
    if book is None:
        return None
    if name in ("count", "receive") and here:
        return back.CountAsked(here) if name == "count" else back.ReceiveAsked(here)
    if name == "send" and here and _origin(s):
        return back.SendAsked(_origin(s), here)
    verb, _, chosen = name.partition(".")
    if verb in ("open", "row"):
        tab = tab_of(s, TABS)
        found = _found(s, book, tab)
        line_ = chosen or (found[marked(s, len(found))][0] if found else "")
        if tab == "transfers" and line_:
            return back.TransferPicked(line_)
        if tab == "counts" and line_:
            return back.CountPicked(line_)
    return None


# one thing ----------------------------------------------------------------------------------------------------------
def handle_unit(s: Sight[Desk]) -> Page:
    """A thing by its number: what it is, where, whose; and what may be done with it, each with its reason."""
    d = s.state
    unit, done = d.room.unit, is_done(s)
    ways = _ways(s, unit)
    said, state, icon = done_line(s, s.say("room.handle_unit.scan" if unit is None else "room.handle_unit.pick"))
    return paged(s, Room(
        "handle_unit", (("act", 12, 12), ("reason", 320, 340), ("people", 640, 700), ("verdict", 900, 1000)),
        lines(s, ways if not done else []),
        entry=None if done else Entry(s.say("room.number"), s.say("room.handle_unit.hint")),
        said=said, said_state=state, said_icon=icon, about=_about(s, unit), meta=as_of(s),
        heading=unit.serial if unit else "",
        actions=(next_action(s),) if done else (
            Action("act", s.say("room.handle_unit.act"), "primary", "check", bool(ways) and not s.note("entry"),
                   s.say("room.handle_unit.nothing"), key="F9"),
        ),
        keys=(
            key("next", "Enter", s.say("room.next"), enabled=done),
            key("put", "Enter", s.say("room.look_up"), enabled=not done and s.note("entry") != ""),
            *arrows(s, 0 if done else len(ways)),
            key("act", "F9", s.say("room.handle_unit.act"), enabled=bool(ways) and not done),
            key("retry", "F5", s.say("room.again")),
            leave(s),
        ),
    ))  # fmt: skip


def _ways(s: Sight[Desk], unit: StockUnit | None) -> Found:
    if unit is None:
        return []
    found: Found = []
    for name in ACTS.get(unit.state, ()):
        act = UnitAct(name)
        barred = not s.scene.online and act is not UnitAct.QUARANTINE
        for reason in REASONS[act]:
            cells = {
                "act": s.say(f"room.act.{name}"), "reason": s.say(f"room.reason.{reason}"),
                "people": s.say("room.two" if act is UnitAct.VOID else "room.one"),
            }  # fmt: skip
            verdict = s.say("room.needs_network") if barred else ""
            found.append((f"{name}-{reason}", cells, "wait" if barred else "", verdict))
    return found


def _about(s: Sight[Desk], unit: StockUnit | None) -> tuple[Row, ...]:
    if unit is None:
        return ()
    return (
        fact("kind", s.say("room.column.kind"), kind_words(s, unit.kind)),
        fact("place", s.say("room.column.place"), place_name(s, unit.place)),
        fact("state", s.say("room.column.state"), s.say(f"room.unit_state.{unit.state.value}")),
        fact("case", s.say("room.column.case"), s.say("room.of_case" if unit.case_id else "room.nobodys")),
    )


def unit_event(touch: Touch[Desk]) -> Event | None:
    """A number, or what is to be done with the thing it belongs to."""
    s, entry = touch.sight, touch.sight.note("entry").strip()
    if touch.name == "scanned" and isinstance(touch.payload, dict):
        return ev.CodeScanned(scan_of(str(touch.payload.get("text", ""))))
    if touch.name == "put":
        return ev.CodeTyped(entry) if entry else None
    ways = _ways(s, s.state.room.unit)
    if touch.name != "act" or not ways or is_done(s):
        return None
    key_, _, state, _ = ways[marked(s, len(ways))]
    act, _, reason = key_.partition("-")
    return back.UnitActed(UnitAct(act), reason) if state != "wait" else None
