"""盘点, 入库, 调拨: things are scanned one after the other, then written down in one piece."""

from kiosk.domain.stock import StockKind
from kiosk.rules.custody import tally
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk
from kiosk.workflow.events import backroom as back
from kiosk.workflow.machine import Event
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight, Touch

from .chrome import Page, key, scan_of
from .room import (
    Entry,
    Room,
    as_of,
    done_line,
    is_done,
    kind_words,
    leave,
    lines,
    next_action,
    paged,
    place_name,
    tab_of,
)
from .store import Found

KINDS = ("licence_paper", "tax_device", "invoice_007", "invoice_004", "invoice_025")
_LAST = 12  # things that stand below each other


def count_place(s: Sight[Desk]) -> Page:
    """Kind by kind: expected, found, left. The order in which things are scanned is nobody's business."""
    room = s.state.room
    assert room.book is not None
    found: Found = []
    for one in tally(room.book, room.place, room.scanned.units, dict(room.scanned.boxes)):
        whole = one.left == 0 and one.surplus == 0
        verdict = (
            s.say("room.agrees")
            if whole
            else s.say("room.count_place.left", n=one.left)
            if one.left
            else s.say("room.count_place.surplus", n=one.surplus)
        )
        cells = {
            "kind": kind_words(s, one.kind), "expected": str(one.expected), "found": str(one.found),
            "surplus": str(one.surplus),
        }  # fmt: skip
        found.append((one.kind.value, cells, "ok" if whole else "wait", verdict))
    columns = (("kind", 12, 12), ("expected", 360, 380), ("found", 580, 620), ("surplus", 760, 820),
               ("verdict", 960, 1040))  # fmt: skip
    return _work(s, "count_place", columns, found, "count", enabled=True)


def receive_goods(s: Sight[Desk]) -> Page:
    """A delivery: its kind, its note, its numbers; then the second person."""
    now = s.state.room.scanned
    found: Found = [(one, {"number": one}, "ok", s.say("room.receive_goods.new")) for one in now.serials[-_LAST:]]
    if now.batch is not None:
        numbers = f"{now.batch.code}  {now.batch.first_no:08d}–{now.batch.last_no:08d}"
        found.append(("batch", {"number": numbers}, "ok", s.say("room.receive_goods.new")))
    ready = now.count > 0 and s.note("more").strip() != ""
    return _work(
        s, "receive_goods", (("number", 12, 12), ("verdict", 900, 1000)), found, "receive", enabled=ready,
        more=Entry(s.say("room.receive_goods.note"), s.say("room.receive_goods.note_hint")),
        names=KINDS,
    )  # fmt: skip


def send_goods(s: Sight[Desk]) -> Page:
    """What goes from one place to another."""
    return _work(
        s, "send_goods", (("number", 12, 12), ("kind", 420, 440), ("verdict", 900, 1000)), _scanned(s), "send",
        enabled=s.state.room.scanned.count > 0 and s.scene.online,
    )  # fmt: skip


def take_in_goods(s: Sight[Desk]) -> Page:
    """What was sent, line by line, and whether it is here."""
    room = s.state.room
    assert room.transfer is not None
    seen, boxes = set(room.scanned.units), {batch for batch, _ in room.scanned.boxes}
    found: Found = []
    for unit in room.transfer.units:
        here = unit in seen
        state, verdict = ("ok", "room.here") if here else ("todo", "room.not_seen")
        found.append((unit, {"number": unit.partition("-")[2]}, state, s.say(verdict)))
    for one in room.transfer.ranges:
        here = one.batch_id in boxes
        state, verdict = ("ok", "room.here") if here else ("todo", "room.not_seen")
        numbers = f"{one.first_no:08d}–{one.last_no:08d}"
        found.append((one.batch_id, {"number": numbers}, state, s.say(verdict)))
    surplus = [one for one in room.scanned.units if one not in room.transfer.units]
    found += [(one, {"number": one.partition("-")[2]}, "stop", s.say("room.surplus")) for one in surplus]
    return _work(
        s, "take_in_goods", (("number", 12, 12), ("verdict", 900, 1000)), found, "take_in", enabled=s.scene.online
    )


def _scanned(s: Sight[Desk]) -> Found:
    room = s.state.room
    known = {one.id: one for one in room.book.units} if room.book else {}
    found: Found = []
    for unit in room.scanned.units[-_LAST:]:
        thing = known.get(unit)
        here = thing is not None and thing.place == room.place
        cells = {"number": unit.partition("-")[2], "kind": kind_words(s, thing.kind) if thing else ""}
        found.append((unit, cells, "ok" if here else "stop", s.say("room.here" if here else "room.elsewhere")))
    found += [
        (
            batch,
            {"number": f"{number:08d}", "kind": kind_words(s, StockKind.INVOICE_VOLUME)},
            "ok",
            s.say("room.here"),
        )
        for batch, number in room.scanned.boxes
    ]
    return found


def _work(
    s: Sight[Desk], name: str, columns: tuple[tuple[str, int, int], ...], found: Found, verb: str, *, enabled: bool,
    more: Entry | None = None, names: tuple[str, ...] = (),
) -> Page:  # fmt: skip
    room, done = s.state.room, is_done(s)
    todo = s.say(f"room.{name}.todo", place=place_name(s, room.place), target=place_name(s, room.target))
    said, state, icon = done_line(s, todo)
    go, entry = s.say(f"room.{name}.go"), Entry(s.say("room.number"), s.say(f"room.{name}.hint"))
    finish = Action(verb, go, "primary", "check", enabled and not done, s.say(f"room.{name}.missing"), key="F9")
    return paged(s, Room(
        name, columns, lines(s, found), entry=None if done else entry,
        more=None if done else more, tabs=_kinds(s) if names and not done else (),
        said=said, said_state=state, said_icon=icon, meta=as_of(s),
        tally=s.say("room.scanned", n=room.scanned.count),
        tally_more=s.say("room.last", last=room.scanned.last or "—"),
        actions=(next_action(s),) if done else (finish,),
        keys=(
            key("next", "Enter", s.say("room.next"), enabled=done),
            key("put", "Enter", s.say("room.put"), enabled=not done and s.note("entry") != ""),
            *((key("tab", "Right", s.say("room.turn"), enabled=not done),) if names else ()),
            key("drop", "F7", s.say("room.drop"), enabled=not done and room.scanned.count > 0),
            key(verb, "F9", go, enabled=enabled and not done),
            key("retry", "F5", s.say("room.again")),
            leave(s),
        ),
    ))  # fmt: skip


def _kinds(s: Sight[Desk]) -> tuple[Row, ...]:
    """What is delivered: the kind that the work is about is picked, whatever was on the screen before."""
    room = s.state.room
    now = f"invoice_{room.invoice_kind}" if room.kind is StockKind.INVOICE_VOLUME else room.kind.value
    return tuple({"key": one, "text": s.say(f"room.receive_goods.tab.{one}"), "picked": one == now} for one in KINDS)


def scan_event(touch: Touch[Desk]) -> Event | None:
    """Scanned, typed, taken off again: of every page on which things are counted."""
    entry = touch.sight.note("entry").strip()
    if touch.name == "scanned" and isinstance(touch.payload, dict):
        return ev.CodeScanned(scan_of(str(touch.payload.get("text", ""))))
    if touch.name == "put":
        return ev.CodeTyped(entry) if entry else None
    return back.ScanDropped() if touch.name == "drop" else None


def movement_event(touch: Touch[Desk]) -> Event | None:
    """Scanned, typed, taken off again, written down."""
    s = touch.sight
    if touch.name == "tabbed" and s.state.step == "receive_goods":
        kind, _, invoice = tab_of(s, KINDS).partition("_0")
        if kind == "invoice":
            return back.KindPicked(StockKind.INVOICE_VOLUME, f"0{invoice}")
        return back.KindPicked(StockKind(tab_of(s, KINDS)))
    if touch.name in ("count", "send", "take_in", "receive") and not is_done(s):
        return back.MovementAsked(s.note("more").strip())
    return scan_event(touch)


# closing a count ----------------------------------------------------------------------------------------------------
def close_count(s: Sight[Desk]) -> Page:
    """Book against place; a supervisor and a keeper say what it is."""
    d, count = s.state, s.state.room.count
    assert count is not None
    found: Found = [(one, {"number": one.partition("-")[2]}, "stop", s.say("room.missing")) for one in count.missing]
    found += [(one, {"number": one.partition("-")[2] or one}, "wait", s.say("room.surplus")) for one in count.surplus]
    for box in count.batches:
        counted = f"{box.counted:08d}" if box.counted is not None else "—"
        found.append((box.id, {"number": f"{box.expected:08d} ≠ {counted}"}, "stop", s.say("room.box_differs")))
    may = d.staff is not None and "supervisor" in d.staff.roles and s.scene.online and not d.room.done
    said, state, icon = done_line(s, s.say("room.close_count.todo", n=count.differences), "search")
    missing = s.say("room.close_count.supervisor")
    return paged(s, Room(
        "close_count", (("number", 12, 12), ("verdict", 900, 1000)), lines(s, found), said=said, said_state=state,
        said_icon=icon,
        meta=s.say(
            "room.close_count.meta", place=place_name(s, count.place), at=f"{count.counted_at:%m-%d %H:%M}"
        ),
        actions=(
            Action("annul", s.say("room.close_count.annul"), "secondary", "cross", may, missing, key="F6"),
            Action("accept", s.say("room.close_count.accept"), "primary", "check", may, missing, key="F9"),
        ) if not d.room.done else (Action("back", s.say("room.back"), "primary", "arrow-left", key="Esc"),),
        keys=(
            key("annul", "F6", s.say("room.close_count.annul"), enabled=may),
            key("accept", "F9", s.say("room.close_count.accept"), enabled=may),
            leave(s),
        ),
    ))  # fmt: skip


def close_event(touch: Touch[Desk]) -> Event | None:
    """It is so, or it was counted wrongly."""
    return back.CountJudged(touch.name == "accept") if touch.name in ("accept", "annul") else None
