"""What the window's screens beside the case have in common: one field, tabs, one table, what was just done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kiosk.contracts.ledger import Verdict
from kiosk.domain.stock import StockKind
from kiosk.workflow.desk import Desk
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight

from .chrome import Page, key

TABLE = 9  # rows that stand on the page at once


@dataclass(frozen=True, slots=True)
class Entry:
    """The field of a page: what it is for. ``live``: every key is told at once."""

    label: str
    hint: str
    kind: str = "latin"
    maximum: int = 40
    live: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """One page. ``name`` is the step, whose title, lead and columns stand under ``room.<name>``."""

    name: str
    columns: Sequence[tuple[str, int, int]] = ()  # key, place in normal and in large type
    rows: Sequence[Row] = ()
    entry: Entry | None = None
    more: Entry | None = None  # a second field
    tabs: Sequence[Row] = ()
    said: str = ""
    said_state: str = "now"
    said_icon: str = "info"
    about: Sequence[Row] = ()  # facts beside the table
    tally: str = ""
    tally_more: str = ""
    actions: Sequence[Action] = ()
    keys: Sequence[Row] = ()
    heading: str = ""
    meta: str = ""
    banners: Sequence[Row] = ()
    data: Mapping[str, Any] = field(default_factory=dict)


def place_name(s: Sight[Desk], place: str) -> str:
    """Where goods are, as people call it, with the name on its papers: 3 号窗口 w-03. A shelf has its label."""
    kind, _, number = place.partition("-")
    known = {"w": "room.place.window", "store": "room.place.store"}.get(kind)
    return s.say(known, n=int(number), id=place) if known and number.isdigit() else place


def paged(s: Sight[Desk], room: Room) -> Page:
    """The page in the desk's frame."""
    entry, more = room.entry or Entry("", ""), room.more or Entry("", "")
    columns = [
        {
            "key": name, "title": s.say(f"room.column.{name}"), "x": x, "xLarge": large, "bold": n == 0,
        }
        for n, (name, x, large) in enumerate(room.columns)
    ]  # fmt: skip
    return Page(
        s.say(f"room.{room.name}.title"),
        room.heading,
        room.meta,
        {
            "columns": columns,
            "pick": marked(s, len(room.rows)),
            "rowCount": len(room.rows),
            "field": room.entry is not None,
            "fieldLabel": entry.label,
            "fieldHint": entry.hint,
            "fieldKind": entry.kind,
            "fieldMaximum": entry.maximum,
            "live": entry.live,
            "more": room.more is not None,
            "moreLabel": more.label,
            "moreHint": more.hint,
            "moreMaximum": more.maximum,
            "said": room.said,
            "saidState": room.said_state,
            "saidIcon": room.said_icon,
            "tally": room.tally,
            "tallyMore": room.tally_more,
            **room.data,
        },
        {
            "rows": tuple(room.rows), "tabs": tuple(room.tabs), "about": tuple(room.about),
            "banners": tuple(room.banners),
        },
        tuple(room.actions),
        tuple(room.keys),
        key("retry", "F5", s.say("room.again")),
    )  # fmt: skip


def marked(s: Sight[Desk], count: int) -> int:
    """Which row the arrows stand on."""
    moved = s.notes.get("pick")
    return max(0, min(count - 1, int(moved))) if isinstance(moved, int | float) and count else 0


def line(
    s: Sight[Desk], number: int, count: int, key_: str, cells: Mapping[str, str], state: str = "", verdict: str = ""
) -> Row:
    """One row of the table; the marked one is lit."""
    return {
        "key": key_, "group": "", "groupIcon": "", "first": False, "cells": dict(cells), "state": state,
        "verdict": verdict, "active": marked(s, count) == number,
    }  # fmt: skip


def lines(s: Sight[Desk], found: Sequence[tuple[str, Mapping[str, str], str, str]]) -> tuple[Row, ...]:
    """Rows from key, cells, state and verdict."""
    return tuple(line(s, n, len(found), *one) for n, one in enumerate(found))


def tabs(s: Sight[Desk], name: str, names: Sequence[str]) -> tuple[Row, ...]:
    """The pages of a page, the open one picked."""
    now = tab_of(s, names)
    return tuple({"key": one, "text": s.say(f"room.{name}.tab.{one}"), "picked": one == now} for one in names)


def tab_of(s: Sight[Desk], names: Sequence[str]) -> str:
    """Which of them is open."""
    now = s.note("tab")
    return now if now in names else names[0]


def arrows(s: Sight[Desk], count: int, *, pages: bool = False) -> tuple[Row, ...]:
    """The keys that move the mark, and those that turn to another tab."""
    found = (
        key("up", "Up", s.say("clerk.up"), enabled=count > 1),
        key("down", "Down", s.say("clerk.down"), enabled=count > 1),
    )
    return (*found, key("tab", "Right", s.say("room.turn"))) if pages else found


def leave(s: Sight[Desk]) -> Row:
    """Back where one came from."""
    return key("back", "Esc", s.say("room.back"))


def kind_words(s: Sight[Desk], kind: StockKind) -> str:
    """A kind of thing in words."""
    return s.say(f"room.kind.{kind.value}")


def as_of(s: Sight[Desk]) -> str:
    """How old the book is, said plainly."""
    room = s.state.room
    if room.book is None:
        return s.say("room.no_book" if s.scene.online else "room.no_book_offline")
    at = f"{room.book.as_of:%m-%d %H:%M:%S}"
    if room.live and s.scene.online:
        return s.say("room.as_of", at=at)
    return s.say("room.as_of_old", at=at)


def done_line(s: Sight[Desk], todo: str, todo_icon: str = "scan") -> tuple[str, str, str]:
    """What became of the last movement, or what is to be done: words, state, icon. Words follow the truth."""
    room = s.state.room
    if room.done:
        return s.say(f"room.done.{room.done}", n=room.figure), "ok", "check"
    if room.deed is None:
        return todo, "now", todo_icon
    verdict = room.deed.verdict
    if verdict in (Verdict.ACCEPTED, Verdict.ALREADY_KNOWN):
        return s.say("room.told.accepted", at=f"{room.deed.settled_at:%H:%M:%S}"), "ok", "check"
    if verdict in (Verdict.REFUSED, Verdict.GAVE_UP):
        return s.say("room.told.refused"), "stop", "cross"
    name = "sending" if s.scene.online else "offline"
    return s.say(f"room.told.{name}", at=f"{room.deed.recorded_at:%H:%M:%S}"), "wait", "save"


def is_done(s: Sight[Desk]) -> bool:
    """Whether this piece of work is written down."""
    return bool(s.state.room.done) or s.state.room.deed is not None


def next_action(s: Sight[Desk]) -> Action:
    """The same once more."""
    return Action("next", s.say("room.next"), "primary", "arrow-right", key="Enter")
