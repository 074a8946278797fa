"""The appointment for a bank account (R29–R31): an offer, so that nobody has to; bank, branch, day and hour."""

from datetime import datetime

from kiosk.domain.offer import BankBranch
from kiosk.domain.wishes import BankWish
from kiosk.rules.working_time import SHANGHAI
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Busy, Visit
from kiosk.workflow.wishes import as_it_is
from ui.viewmodels.page import Row
from ui.viewmodels.sight import Screen, Sight, Touch, choice

from . import wish_page as page

_STEP = "bank_appointment"


def bank_appointment(s: Sight[Visit]) -> Screen:
    """Whether at all; then which bank, which branch, which day, which hour, one after the other."""
    v, part = s.state, s.note("edit")
    asking = v.busy is Busy.FINDING
    if part in ("bank", "branch") and v.offers.branches:
        return page.choosing(s, f"{_STEP}.{part}", options=(_banks if part == "bank" else _branches)(s), to="")
    if part in ("day", "hour") and v.offers.branch:
        waiting = s.say(f"{_STEP}.asking") if asking else ""
        tiles = (_days if part == "day" else _hours)(s)
        none = () if tiles or asking or v.fault else (page.fact(s, "none", f"{_STEP}.no_hours", "clock"),)
        return page.choosing(s, f"{_STEP}.{part}", tiles=tiles, facts=none, to="branch", waiting=waiting)
    wish = v.form.bank_appt
    if part == "contact" and wish is not None:
        options = page.persons(s, "contact", frozenset({wish.contact}))
        return page.choosing(s, f"{_STEP}.contact", options=options)
    again = s.say(f"{_STEP}.again")
    return page.listing(
        s, _STEP, as_it_is, answers=_wished(s, wish), options=_whether(s, wish), facts=_told(s), again=again,
        waiting=s.say(f"{_STEP}.asking") if asking else "", lead="lead_booked" if wish is not None else "lead",
    )  # fmt: skip


def _whether(s: Sight[Visit], wish: BankWish | None) -> tuple[Row, ...]:
    no = page.pick(
        "none", s.say(f"{_STEP}.none"), s.say(f"{_STEP}.none_why"), picked=wish is None, act="none", value=""
    )
    if wish is not None or not s.state.offers.branches:
        return (no,)
    book = choice("book", s.say(f"{_STEP}.book"), s.say(f"{_STEP}.book_why"), sets={"edit": "bank"})
    return no, book


def _told(s: Sight[Visit]) -> tuple[Row, ...]:
    if s.state.fault is not None or not s.scene.online:
        return (page.fact(s, "offline", f"{_STEP}.offline", "wifi-off"),)
    return (page.fact(s, "bank_decides", f"{_STEP}.bank_decides"),)


def _wished(s: Sight[Visit], wish: BankWish | None) -> tuple[Row, ...]:
    if wish is None:
        return ()
    branch = next((one for one in s.state.offers.branches if one.id == wish.branch), None)
    named = f"{branch.bank_name} {branch.name}" if branch else wish.branch
    when = page.answer(s, f"{_STEP}.day", _moment(s, wish.slot), "own", "calendar")
    return (
        page.answer(s, f"{_STEP}.bank", named, "own", "bank"),
        {**when, "act": "branch", "value": wish.branch},  # its hours are asked for anew
        page.answer(s, f"{_STEP}.contact", page.named(s, wish.contact), "people", "person"),
    )


def _moment(s: Sight[Visit], at: datetime) -> str:
    return s.moment(at.astimezone(SHANGHAI))


def _banks(s: Sight[Visit]) -> tuple[Row, ...]:
    first: dict[str, BankBranch] = {}
    for one in s.state.offers.branches:
        first.setdefault(one.bank, one)
    return tuple(
        choice(one.bank, one.bank_name, icon="bank", sets={"edit": "branch", "bank": one.bank})
        for one in first.values()
    )


def _branches(s: Sight[Visit]) -> tuple[Row, ...]:
    bank, wish = s.note("bank"), s.state.form.bank_appt
    return tuple(
        choice(
            one.id, one.name, one.address, picked=wish is not None and wish.branch == one.id, icon="pin",
            act="branch", value=one.id, sets={"edit": "day"},
        )
        for one in s.state.offers.branches
        if bank in ("", one.bank)
    )  # fmt: skip


def _days(s: Sight[Visit]) -> tuple[Row, ...]:
    days = dict.fromkeys(at.astimezone(SHANGHAI).date() for at in s.state.offers.hours)
    return tuple(
        choice(
            day.isoformat(), s.day(datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)),
            sets={"edit": "hour", "day": day.isoformat()},
        )
        for day in days
    )  # fmt: skip


def _hours(s: Sight[Visit]) -> tuple[Row, ...]:
    wish, rows = s.state.form.bank_appt, []
    for at in s.state.offers.hours:
        here = at.astimezone(SHANGHAI)
        if here.date().isoformat() == s.note("day"):
            picked = wish is not None and wish.slot == at and wish.branch == s.state.offers.branch
            key = f"{here:%H%M}"
            rows.append(page.pick(key, f"{here:%H:%M}", picked=picked, act="hour", value=at.isoformat()))
    return tuple(rows)


def event(touch: Touch[Visit]) -> Event | None:
    """No appointment, the hours of a branch, or one of them."""
    s = touch.sight
    v, wish = s.state, s.state.form.bank_appt
    if touch.name == "none":
        return ev.BankWished(None)
    if touch.name == "branch":
        return ev.BranchPicked(touch.text)
    if touch.name == "hour":
        at = next((one for one in v.offers.hours if one.isoformat() == touch.text), None)
        contact = wish.contact if wish else v.form.applicant
        return ev.BankWished(BankWish(v.offers.branch, at, contact)) if at and contact else None
    ref = page.ref_of(s, touch.text)
    if touch.name == "contact" and wish is not None and ref is not None:
        return ev.BankWished(BankWish(wish.branch, wish.slot, ref))
    return None
