"""What holds on every desk screen: the status line, the rail with the hall's open cases, banners, the key bar."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kiosk.contracts.code_scanner import Scan, Symbology
from kiosk.contracts.device import DeviceReport, DeviceState, Supply
from kiosk.domain.case import READY_STATES, CaseState, OpeningCase
from kiosk.domain.private import mask_name, mask_number
from kiosk.rules.slip import ACCEPTED_STATES, LineState, item_lines
from kiosk.rules.slip import SlipLine as Fact
from kiosk.rules.slip_code import slip_payload
from kiosk.workflow import events as ev
from kiosk.workflow.desk import INTAKE_STATES, Desk
from kiosk.workflow.machine import Event
from ui.viewmodels.findings import banner
from ui.viewmodels.naming import business
from ui.viewmodels.page import NOTHING, Action, Row, Slip, SlipLine, ViewModel
from ui.viewmodels.sight import Sight
from ui.viewmodels.slip import form_lines, stamp_time

from . import palette, preview, queue
from .fault_rows import fault_row

_WORKS = (DeviceState.READY, DeviceState.BUSY)
_OFF_THE_DESK = frozenset(
    {CaseState.DRAFT, CaseState.CLOSED, CaseState.WITHDRAWN, CaseState.EXPIRED, CaseState.TERMINATED}
)
_RAIL, _RAIL_BELOW_QUEUE = 8, 3  # as many open cases as stand below each other
_DEVICE_STATES = {DeviceState.READY: "ok", DeviceState.BUSY: "ok", DeviceState.STARTING: "todo"}
_COMMON: dict[str, type[Event]] = {
    "next": ev.NextAsked,
    "back": ev.BackAsked,
    "retry": ev.RetryAsked,
    "sign_out": ev.StaffLeft,
    "lock": ev.LockAsked,
    "touched": ev.Touched,
}


@dataclass(frozen=True, slots=True)
class Page:
    """What one desk screen adds to the frame."""

    title: str
    heading: str = ""
    meta: str = ""
    data: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    lists: Mapping[str, tuple[Row, ...]] = field(default_factory=lambda: NOTHING)
    actions: tuple[Action, ...] = ()
    keys: tuple[Row, ...] = ()
    mend: Row | None = None  # the key behind a fault's banner, where this screen can do something about it
    name: str = ""  # of the screen, where it is not the step's
    slip: Slip | None = None  # while there is no case yet


LEAVING = ev.AbortAsked("returned_to_safe")


def event(name: str) -> Event | None:
    """Keys that mean the same everywhere."""
    kind = _COMMON.get(name)
    return kind() if kind else None


def key(name: str, cap: str, words: str, *, enabled: bool = True) -> Row:
    """One entry of the key bar: its cap, what it does, and the action behind it."""
    return {"key": name, "shortcut": cap, "words": words, "action": name, "enabled": enabled}


def column(words: str, s: Sight[Desk], x: int, large: int, bold: bool) -> Row:
    """One column of a table: where it begins in normal and in large type."""
    return {"key": words.rsplit(".", 1)[1], "title": s.say(words), "x": x, "xLarge": large, "bold": bold}


def framed(s: Sight[Desk], page: Page) -> ViewModel:
    """The screen with status, rail, slip and keys."""
    d, count = s.state, len(open_cases(s.state))
    staff = s.say("clerk.staff", name=d.staff.name, ref=d.staff.staff_ref) if d.staff else ""
    frame = {
        "title": page.title,
        "heading": page.heading,
        "meta": page.meta,
        "staff": staff,
        "slipShown": d.case is not None,
        "signedIn": d.staff is not None,
        "railTitle": s.say("clerk.rail.title", n=count),
        "railMore": s.say("clerk.rail.more", n=count - rail_room(s)) if count > rail_room(s) else "",
        "railEmpty": s.say("clerk.rail.empty"),
        "railOpens": d.step == "find_case" and d.busy is None,
        "devicesTitle": s.say("clerk.devices"),
        "leaving": s.note("leaving") == "yes",
        "asking": False,  # whether the device in hand is to be put aside
        "askTitle": "",
        "askWords": "",
        "customer": _customer(d),
        "customerMore": _customer_more(s),
        **queue.data(s),
        **palette.data(s),
        **preview.data(s),
        "material": False,  # whether a material is held beside the data
        "materialTitle": "",
        "materialSaid": "",
        "materialHow": "",
        "materialMade": False,
        "materialZoom": 1.0,
        "materialZoomAt": 0,
        "materialTurn": 0,
        "materialFact": 0,
    }
    tools = (
        key("lock", "Ctrl+W", s.say("lock.key"), enabled=d.staff is not None),
        key("palette", "Ctrl+K", s.say("palette.key"), enabled=d.staff is not None),
        key("language", "Ctrl+L", s.words.other().say("clerk.language")),
        key("size", "F11", s.say("clerk.size")),
    )
    of_queue = queue.lists(s)
    return ViewModel(
        page=page.name or d.step,
        data={**frame, **page.data},
        lists={
            "status": tuple(_status(s)),
            "cases": tuple(_rail(s)),
            **of_queue,
            **page.lists,
            "devices": tuple(_device(s, report) for report in s.scene.reports),
            "banners": (*_banners(s, page.mend), *queue.banners(s), *page.lists.get("banners", ())),
            "keys": page.keys,
            "tools": tools,
            "paperKeys": preview.keys(s),
            "materialKeys": page.lists.get("materialKeys", ()),
            "materialFacts": page.lists.get("materialFacts", ()),
            "palette": palette.rows(
                s, page.actions, page.keys, page.lists.get("doors", ()), of_queue["queueKeys"], (tools[0], *tools[2:])
            ),
        },
        actions=page.actions,
        slip=case_slip(s, d.case) if d.case else page.slip,
        resting=d.step == "present_staff_card",
        picture=preview.picture(s) or _material(s),
        working=d.busy is not None or page.name != "",
        idle_warned=d.idle_warned,
        any_key=True,
    )


def _material(s: Sight[Desk]) -> bytes:
    """The page of a material that is held beside the data."""
    look = s.state.look
    return look.shown.picture if look is not None and look.shown is not None else b""


def _status(s: Sight[Desk]) -> list[Row]:
    scene = s.scene
    link = ("ok", "wifi", "online") if scene.online else ("wait", "wifi-off", "offline")
    rows: list[Row] = [
        {"key": "platform", "state": link[0], "icon": link[1], "text": s.say(f"clerk.status.{link[2]}")}
    ]
    works = sum(1 for r in scene.reports if r.state in _WORKS)
    good = works == len(scene.reports)
    text = s.say("clerk.status.devices", n=works, all=len(scene.reports))
    rows.append(
        {"key": "devices", "state": "ok" if good else "stop", "icon": "check" if good else "cross", "text": text}
    )
    if any(r.supply is Supply.LOW for r in scene.reports):
        rows.append({"key": "paper", "state": "wait", "icon": "printer", "text": s.say("clerk.status.paper_low")})
    if scene.ledger.waiting:
        text = s.say("clerk.status.waiting", n=scene.ledger.waiting)
        rows.append({"key": "owed", "state": "wait", "icon": "send", "text": text})
    if s.state.staff is not None:
        count = max(scene.ledger.parked, s.state.room.open_tasks)
        text = s.say("clerk.status.parked", n=count)
        state, icon = ("stop", "inbox") if count else ("ok", "inbox")
        rows.append({"key": "parked", "state": state, "icon": icon, "text": text})
    return rows


def open_cases(d: Desk) -> tuple[OpeningCase, ...]:
    """The hall's open cases: what can be handed over first, then what waits to be accepted, then the rest."""
    going = [c for c in d.cases if c.state not in _OFF_THE_DESK]
    going.sort(key=lambda c: (c.state not in READY_STATES, c.state not in INTAKE_STATES))
    if d.case is None:
        return tuple(going)
    return (d.case, *(c for c in going if c.id != d.case.id))  # the one on the desk stands above, as it is now


def rail_room(s: Sight[Desk]) -> int:
    """How many open cases the rail has room for."""
    return _RAIL_BELOW_QUEUE if queue.shown(s) else _RAIL


def marked_case(s: Sight[Desk]) -> int:
    """Which line of the rail the arrows stand on; the first before they moved."""
    moved, last = s.notes.get("pick"), min(len(open_cases(s.state)), rail_room(s)) - 1
    return int(moved) if isinstance(moved, int | float) and 0 <= moved <= last else 0


def line_at_hand(s: Sight[Desk], lines: Sequence[str], waiting: Collection[str], last: str) -> int:
    """On which of the lines the digits act: where the arrows went, else the first that waits for a word; when none
    does, the ``last`` that got one, so that a key pressed once too often changes no other."""
    moved = s.notes.get("line")
    if isinstance(moved, int | float) and 0 <= moved < len(lines):
        return int(moved)
    return next((n for n, one in enumerate(lines) if one in waiting), lines.index(last) if last in lines else 0)


def _rail(s: Sight[Desk]) -> list[Row]:
    d = s.state
    return [
        {
            "key": case.id,
            "code": case.slip_code,
            "company": business(case.form, s.words) or "—",
            "words": s.say(f"state.case.{case.state.value}"),
            "state": "ok" if case.state in READY_STATES else "now",
            "icon": "stamp" if case.state in READY_STATES else "licence",
            "since": f"{case.timeline[-1].at:%m-%d %H:%M}" if case.timeline else "",
            "active": d.case is not None and d.case.id == case.id,
            "marked": d.case is None and n == marked_case(s),
        }
        for n, case in enumerate(open_cases(d)[: rail_room(s)])
    ]


def _device(s: Sight[Desk], report: DeviceReport) -> Row:
    """One of this window's devices, said before anybody signs in."""
    state = _DEVICE_STATES.get(report.state, "stop")
    word = s.say(f"clerk.device_state.{state}")
    return {"key": report.name, "state": state, "text": s.say(f"clerk.device.{report.kind.value}"), "words": word}


def _banners(s: Sight[Desk], mend: Row | None) -> list[Row]:
    d = s.state
    rows: list[Row] = []
    if d.idle_warned:
        said = banner("idle", "wait", s.say("lock.soon"), s.say("lock.soon_how"), icon="lock")
        rows.append({**said, "cap": ""})
    if s.scene.ledger.locked is not None:
        rows.append({**fault_row(s, s.scene.ledger.locked), "key": "locked"})
    if s.scene.stopped is not None and (d.fault is None or d.fault.code is not s.scene.stopped.code):
        rows.append({**fault_row(s, s.scene.stopped), "key": "stopped"})
    if d.fault is not None:
        rows.append(fault_row(s, d.fault, mend if d.busy is None else None))
    elif broken := next((r for r in s.scene.reports if _broken(r)), None):
        assert broken.fault is not None
        rows.append({**fault_row(s, broken.fault), "key": f"device.{broken.name}"})
    return rows


def _broken(report: DeviceReport) -> bool:
    return report.fault is not None and report.state not in _WORKS and report.state is not DeviceState.STARTING


def _customer(d: Desk) -> str:
    return mask_name(d.customer.name) if d.customer else ""


def _customer_more(s: Sight[Desk]) -> str:
    card = s.state.customer
    if card is None:
        return ""
    until = f"{card.valid_until:%Y-%m-%d}" if card.valid_until else s.say("clerk.long_term")
    return f"{mask_number(card.number)}　{s.say('clerk.valid_until', day=until)}"


def case_slip(s: Sight[Desk], case: OpeningCase) -> Slip:
    """The slip that the citizen saw, with what the platform says of every item; staff see more lines, never other
    words."""
    d = s.state
    handed = d.step == "handed_over" and d.truth.sent is not None
    at = d.truth.sent if handed else case.accepted_at
    accepted = case.state in ACCEPTED_STATES and case.accepted_at is not None
    lines = [*form_lines(case.form, s.words), *(_item_line(s, fact) for fact in item_lines(case))]
    if case.uscc:
        lines.insert(2, uscc_line(s, case))
    words = (
        "handed_over"
        if handed
        else "to_hand_over"
        if case.state in READY_STATES
        else "accepted"
        if accepted
        else "to_accept"
    )
    return Slip(
        code=case.slip_code,
        progress=s.say(f"state.case.{case.state.value}"),
        lines=tuple(lines),
        seal="handed_over" if handed else "accepted" if accepted else "waiting",
        seal_words=s.say(f"clerk.seal.{words if handed or not accepted else 'accepted'}"),
        seal_at=stamp_time(at) if at and (handed or accepted) else "",
        note=s.say(f"clerk.note.{words}"),
        qr=slip_payload(case.id, case.slip_code),
        qr_note=s.say("clerk.qr_note"),
    )


def _item_line(s: Sight[Desk], fact: Fact) -> SlipLine:
    """Where one item stands: the item's own name, and its state as the value."""
    state = {LineState.DONE: "done", LineState.WRONG: "problem"}.get(fact.state, "waiting")
    return SlipLine(fact.key, s.say(fact.key), s.say(fact.text), state)


def uscc_line(s: Sight[Desk], case: OpeningCase) -> SlipLine:
    """统一社会信用代码, a line that staff see."""
    return SlipLine("uscc", s.say("clerk.uscc"), case.uscc, "done")


def scan_of(text: str) -> Scan:
    """What a keyboard-wedge scanner typed, as a scan."""
    return Scan(text.encode(), text, Symbology.OTHER)
