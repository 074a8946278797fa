"""预约领取: a day, then a half hour; whoever has booked sees it, moves it or gives it back."""

from datetime import datetime

from kiosk.rules.working_time import SHANGHAI
from kiosk.workflow import events as ev
from kiosk.workflow.collection import may_book
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Busy, Visit
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Screen, Sight, Touch, choice

from . import wish_page as page
from .chrome import back, fault_row

_STEP = "book_collection"


def offer(s: Sight[Visit]) -> tuple[Action, ...]:
    """The way here from the progress, for whoever may."""
    if not may_book(s.state):
        return ()
    case = s.state.known
    booked = case is not None and case.collection is not None
    return (Action("book", s.say("see_progress.move_hour" if booked else "see_progress.book_hour"), icon="calendar"),)


def booked_row(s: Sight[Visit], slot: datetime) -> str:
    """The hour in words."""
    return s.moment(slot.astimezone(SHANGHAI))


def ask_event(touch: Touch[Visit]) -> Event | None:
    """From the progress."""
    return ev.CollectionAsked() if touch.name == "book" else None


def book_collection(s: Sight[Visit]) -> Screen:
    """Days first, as tiles; a day opens its half hours."""
    v, day = s.state, s.note("day")
    days = dict.fromkeys(at.astimezone(SHANGHAI).date().isoformat() for at in v.offers.collection)
    day = day if day in days else ""
    asking = v.busy is Busy.FINDING
    tiles = _hours(s, day) if day else tuple(_day(s, one) for one in days)
    none = () if tiles or asking or v.fault else (page.fact(s, "none", f"{_STEP}.no_hours", "clock"),)
    again = s.say(f"{_STEP}.again") if v.fault and not v.offers.collection and not asking else ""
    other_day = Action("cancel", s.say(f"{_STEP}.other_day"), icon="arrow-left")
    return Screen(
        s.say(f"{_STEP}.hour.title" if day else f"{_STEP}.title"),
        s.say(f"{_STEP}.hour.lead" if day else f"{_STEP}.lead"),
        page.data(mode="choose", waiting=s.say(f"{_STEP}.asking") if asking else ""),
        {
            "answers": (),
            "options": () if day else _given_back(s),
            "tiles": tiles,
            "facts": (*none, *(() if day or none else (page.fact(s, "free", f"{_STEP}.free"),))),
            "banners": fault_row(s, again, "retry" if again else ""),
        },
        (other_day if day else back(s),),
        {"cancel": {"day": ""}},
    )


def _given_back(s: Sight[Visit]) -> tuple[Row, ...]:
    case = s.state.known
    if case is None or case.collection is None or s.state.busy is not None:
        return ()
    now = s.say(f"{_STEP}.booked", at=booked_row(s, case.collection))
    return (choice("none", s.say(f"{_STEP}.none"), now, act="slot", value=""),)


def _day(s: Sight[Visit], day: str) -> Row:
    here = datetime.fromisoformat(day).replace(tzinfo=SHANGHAI)
    return choice(day, s.day(here), sets={"day": day})


def _hours(s: Sight[Visit], day: str) -> tuple[Row, ...]:
    case, rows = s.state.known, []
    for at in s.state.offers.collection:
        here = at.astimezone(SHANGHAI)
        if here.date().isoformat() == day:
            picked = case is not None and case.collection == at
            rows.append(choice(f"{here:%H%M}", f"{here:%H:%M}", picked=picked, act="slot", value=at.isoformat()))
    return tuple(rows)


def event(touch: Touch[Visit]) -> Event | None:
    """One of the hours on offer, or none."""
    if touch.name != "slot":
        return None
    if touch.text == "":
        return ev.CollectionPicked(None)
    at = next((one for one in touch.sight.state.offers.collection if one.isoformat() == touch.text), None)
    return None if at is None else ev.CollectionPicked(at)
