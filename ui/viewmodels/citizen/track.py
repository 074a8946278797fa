"""Afterwards: where the case stands, how it was, and what is left on this terminal (nothing)."""

from kiosk.contracts.ledger import Verdict
from kiosk.domain.case import CaseState, OpeningCase
from kiosk.domain.item import Item, ItemState
from kiosk.domain.offer import AppointmentState
from kiosk.rules.slip_code import read_slip
from kiosk.rules.working_time import SHANGHAI
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Busy, Visit
from ui.viewmodels.naming import business
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Screen, Sight, Touch, choice, line
from ui.viewmodels.slip import form_lines
from ui.words import catalogue

from . import collection
from .chrome import fault_row

_DONE = {ItemState.APPROVED, ItemState.PREPARED, ItemState.COLLECTED, ItemState.DONE}
_STOPPED = {ItemState.REFUSED, ItemState.RETURNED, ItemState.CANCELLED}
_WAITS = {ItemState.NOT_REQUESTED.value, ItemState.PENDING.value}
_OF_BANK = {
    AppointmentState.REQUESTED: "waiting", AppointmentState.CONFIRMED: "done",
    AppointmentState.DECLINED: "problem", AppointmentState.CANCELLED: "problem",
}  # fmt: skip
_NEXT = {
    CaseState.RETURNED: "mend", CaseState.NOT_ACCEPTED: "mend", CaseState.REFUSED: "ask", CaseState.WITHDRAWN: "ask",
    CaseState.EXPIRED: "ask", CaseState.TERMINATED: "ask", CaseState.READY: "collect",
    CaseState.PARTLY_COLLECTED: "collect", CaseState.CLOSED: "nothing", CaseState.DRAFT: "resume",
    CaseState.SIGNING: "resume",
}  # fmt: skip
LEVELS = (5, 4, 3, 2, 1)
_FROM_HOME: dict[str, type[Event]] = {
    "resume": ev.ResumeAsked,
    "track": ev.TrackAsked,
    "later": ev.LaterItemsAsked,
    "reprint": ev.ReprintAsked,
    "feedback": ev.FeedbackAsked,
    "guides": ev.GuidesAsked,
    "queue": ev.QueueAsked,
}


# --- see_progress ---
def see_progress(s: Sight[Visit]) -> Screen:
    """Item by item with its promise, what happened when, what comes next, where, and what to bring."""
    v, case = s.state, s.state.known
    coming = _coming(v, case)
    text = s.say("see_progress.to_rate" if v.deed else "see_progress.home")
    window = case.pickup_window if case else ""
    return Screen(
        s.say(f"see_progress.{coming}.title"),
        s.say(f"see_progress.{coming}.lead", window=window or s.say("take_receipt.where_hall")),
        {
            "coming": coming,
            "code": v.slip_code or "",
            "codeLabel": s.say("take_receipt.code"),
            "company": business(case.form, s.words) if case else business(v.form, s.words),
            "itemsTitle": s.say("see_progress.items"),
            "timelineTitle": s.say("see_progress.timeline"),
            "nextTitle": s.say("see_progress.next"),
            "fresh": s.say("see_progress.live" if v.live else "see_progress.kept"),
            "sealed": v.truth.accepted is not None or (case is not None and case.accepted_at is not None),
        },
        {
            "items": _items(s, case),
            "timeline": _timeline(s, case),
            "steps": _steps(s, coming, window),
            "banners": fault_row(s),
        },
        (Action("next", text, "primary", "arrow-right"), *collection.offer(s)),
    )


def _coming(v: Visit, case: OpeningCase | None) -> str:
    if v.deed is not None and v.deed.verdict in (Verdict.REFUSED, Verdict.GAVE_UP):
        return "ask"
    if v.deed is not None and v.truth.sent is None and v.truth.accepted is None:
        return "waiting"
    if case is None or case.state in (CaseState.SUBMITTED, CaseState.RECEIVED):
        return "sent"
    if v.deed is not None and case.state in (CaseState.DRAFT, CaseState.SIGNING):
        return "sent"
    return _NEXT.get(case.state, "working")


def _items(s: Sight[Visit], case: OpeningCase | None) -> tuple[Row, ...]:
    if case is None or not case.items:
        wanted = case.form.items if case else s.state.form.items
        return tuple(
            line(i.value, s.say(f"item.{i.value}"), "", "todo", s.say("state.item.NOT_REQUESTED")) for i in wanted
        )
    rows = []
    for one in case.items:
        if one.state is ItemState.NOT_REQUESTED:
            continue
        state = "done" if one.state in _DONE else "problem" if one.state in _STOPPED else "waiting"
        said = s.say(f"state.item.{one.state.value}")
        due = s.say("see_progress.due", at=s.moment(one.due_at)) if one.due_at and state == "waiting" else ""
        told = s.state.offers.appointment
        if one.item is Item.BANK and told is not None:  # the bank's own word says more than the item's state
            at = s.moment(told.slot.astimezone(SHANGHAI))
            state = _OF_BANK[told.state]
            due, said = f"{told.branch.name} {at}", s.say(f"see_progress.appointment.{told.state.value}")
        rows.append(line(one.item.value, s.say(f"item.{one.item.value}"), due, state, said))
    return (*rows, *_pickup(s, case))


def _pickup(s: Sight[Visit], case: OpeningCase) -> tuple[Row, ...]:
    """Where it is collected, or that it is sent."""
    told = next((one for one in form_lines(case.form, s.words) if one.key == "pickup"), None)
    if told is None:
        return ()
    window = "" if case.form.mail is not None else case.pickup_window
    where = line("pickup", told.label, s.listed([told.value, *([window] if window else [])]), "plain")
    if case.collection is None:
        return (where,)
    when = collection.booked_row(s, case.collection)
    return where, line("collection", s.say("see_progress.collection"), when, "done", s.say("see_progress.booked"))


def _timeline(s: Sight[Visit], case: OpeningCase | None) -> tuple[Row, ...]:
    rows: list[Row] = []
    truth = s.state.truth
    if case is not None and case.timeline:
        for n, entry in enumerate(case.timeline):
            kind = "case" if entry.what == "CASE" else "item"
            if kind == "item" and entry.state in _WAITS:  # nothing has happened yet, and the list above says so
                continue
            said = s.say(f"state.{kind}.{entry.state}")
            text = said if kind == "case" else f"{s.say(f'item.{entry.what}')} · {said}"
            rows.append(line(f"t{n}", s.moment(entry.at), text))
        return tuple(rows)
    for key, at in (("recorded", truth.recorded), ("sent", truth.sent), ("accepted", truth.accepted)):
        if at is not None:
            rows.append(line(key, s.moment(at), s.say(f"truth.{key}")))
    return tuple(rows)


def _steps(s: Sight[Visit], coming: str, window: str) -> tuple[Row, ...]:
    where = window or s.say("take_receipt.where_hall")
    return tuple(
        choice(
            str(n),
            s.say(f"see_progress.{coming}.step{n}"),
            s.say(f"see_progress.{coming}.step{n}_detail", window=where),
        )
        for n in (1, 2)
        if f"see_progress.{coming}.step{n}" in catalogue()
    )


# --- find_my_case ---
def find_my_case(s: Sight[Visit]) -> Screen:
    """Two equal ways: the card on the reader, or the code of the slip."""
    return finding(s, "find_my_case")


def finding(s: Sight[Visit], step: str) -> Screen:
    """A case is found the same way whatever it is wanted for; the words are the step's own."""
    v = s.state
    typed = s.note("code")
    finding = v.busy is Busy.FINDING
    retry = v.fault is not None
    find = Action(
        "find", s.say(f"{step}.find"), "primary", "search", len(typed.replace("-", "").strip()) >= 6,
        s.say("find_my_case.missing"), finding, s.say("find_my_case.finding"),
    )  # fmt: skip
    others = (Action("retry", s.say("find_my_case.again"), icon="card"),) if retry else ()
    return Screen(
        s.say(f"{step}.title"),
        s.say(f"{step}.lead"),
        {
            "code": typed,
            "waiting": v.busy is Busy.CARD,
            "finding": finding,
            "cardState": s.say("present_id_card.waiting" if v.busy is Busy.CARD else "find_my_case.card_stopped"),
            "cardTitle": s.say(f"{step}.card"),
            "faceUp": s.say("present_id_card.face_up"),
            "codeTitle": s.say("find_my_case.code"),
            "codeHint": s.say("find_my_case.code_hint"),
            "codeWords": s.say(f"{step}.code_words"),
        },
        {"banners": fault_row(s)},
        (find, Action("home", s.say("chrome.home"), icon="house"), *others),
    )


def find_event(touch: Touch[Visit]) -> Event | None:
    """The code as it stands in the field or on a scanned slip, or the way back home."""
    if touch.name == "home":
        return ev.BackAsked()
    if touch.name == "scanned" and isinstance(touch.payload, dict):
        slip = read_slip(str(touch.payload.get("text", "")))
        return ev.CodeTyped(slip.slip_code) if slip else None
    return ev.CodeTyped(touch.sight.note("code")) if touch.name == "find" else None


# --- rate ---
def rate(s: Sight[Visit]) -> Screen:
    """Five official levels, the same size each, none of them picked for anybody."""
    levels = tuple(choice(str(n), s.say(f"rate.level{n}"), act="rate", value=str(n)) for n in LEVELS)
    return Screen(
        s.say("rate.title"),
        s.say("rate.lead"),
        {},
        {"levels": levels, "banners": fault_row(s)},
        (Action("next", s.say("rate.skip")),),
    )


def rate_event(touch: Touch[Visit]) -> Event | None:
    """One of the five; anything else is not a rating."""
    level = next((n for n in LEVELS if str(n) == touch.text), None)
    return ev.Rated(level) if touch.name == "rate" and level else None


# --- farewell ---
def farewell(s: Sight[Visit]) -> Screen:
    """What was wiped; and, where a half-done case was kept, its code and how it goes on."""
    v = s.state
    kept = v.ended == "kept" and v.slip_code is not None
    mode = "kept" if kept else "done"
    wiped = tuple(choice(key, s.say(f"farewell.{key}"), icon="check") for key in ("screen", "card", "face"))
    return Screen(
        s.say(f"farewell.{mode}.title"),
        s.say(f"farewell.{mode}.lead"),
        {
            "mode": mode,
            "code": v.slip_code or "" if kept else "",
            "codeLabel": s.say("take_receipt.code"),
            "resume": s.say("farewell.resume") if kept else "",
            "wipedTitle": s.say("farewell.wiped"),
            "belongings": s.say("farewell.belongings"),
        },
        {"wiped": wiped},
        (Action("next", s.say("farewell.home"), "primary", "arrow-right"),),
    )


def home_event(touch: Touch[Visit]) -> Event | None:
    """The quiet ways of the home screen."""
    asked = _FROM_HOME.get(touch.name)
    return asked() if asked else None
