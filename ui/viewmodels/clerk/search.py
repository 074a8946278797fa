"""查办件: whatever a clerk has of a case leads to it; the case view shows it from all sides, persons masked."""

from kiosk.domain.case import OpeningCase
from kiosk.domain.case_story import Pause, Promise
from kiosk.domain.private import mask_name, mask_number, mask_phone
from kiosk.rules.materials import checklist
from kiosk.workflow import events as ev
from kiosk.workflow.backroom import Story
from kiosk.workflow.desk import Desk, DeskBusy
from kiosk.workflow.events import backroom as back
from kiosk.workflow.machine import Event
from ui.viewmodels.naming import business, material_name
from ui.viewmodels.page import Action
from ui.viewmodels.sight import Sight, Touch
from ui.words import catalogue

from .bundle import number_of
from .chrome import Page, key, scan_of
from .room import Entry, Room, arrows, leave, lines, marked, paged, tab_of, tabs
from .store import Found

TABS = ("timeline", "promises", "materials", "people", "articles", "messages", "audit")
_MOST = 14
_ROLES = frozenset({"system", "clerk", "supervisor", "keeper", "approver", "courier", "citizen", "helper"})
_PAUSES = frozenset({"suspended", "correction"})  # the platform's own; anything else is an office's words
_HITS = (("slip", 12, 12), ("company", 170, 190), ("person", 700, 760), ("by", 900, 960), ("verdict", 1160, 1220))
_COLUMNS = {
    "timeline": (("at", 12, 12), ("what", 260, 300), ("by_role", 620, 700), ("verdict", 900, 1000)),
    "promises": (("what", 12, 12), ("due", 320, 380), ("pauses", 560, 640), ("verdict", 1160, 1200)),
    "materials": (("material", 12, 12), ("detail", 420, 480), ("verdict", 1060, 1160)),
    "people": (("person", 12, 12), ("roles", 260, 280), ("cert_no", 860, 860), ("phone", 1200, 1240)),
    "articles": (("thing", 12, 12), ("number", 360, 420), ("place", 860, 920), ("verdict", 1160, 1220)),
    "messages": (("at", 12, 12), ("text", 200, 240), ("verdict", 1300, 1300)),
    "audit": (("at", 12, 12), ("event", 260, 300), ("by_staff", 640, 720), ("detail", 860, 960)),
}


def search_cases(s: Sight[Desk]) -> Page:
    """Every key narrows the list."""
    room = s.state.room
    found: Found = [
        (
            case.id,
            {
                "slip": case.slip_code, "company": business(case.form, s.words) or "—", "person": _applicant(case),
                "by": s.say(f"room.found_by.{hit.by.value}"),
            },
            "now", s.say(f"state.case.{case.state.value}"),
        )
        for hit, case in room.hits
    ]  # fmt: skip
    typed = s.note("entry").strip() or room.fragment
    said = "todo" if not typed else "none" if not found else "found"
    return paged(s, Room(
        "search_cases", _HITS, lines(s, found),
        entry=Entry(s.say("room.search_cases.label"), s.say("room.search_cases.hint"), "pinyin", live=True),
        said=s.say(f"room.search_cases.{said}", n=len(found)), said_icon="search",
        said_state="wait" if said == "none" else "now", meta=s.say("room.search_cases.lead"),
        actions=(
            Action("view", s.say("room.search_cases.view"), "primary", "arrow-right", bool(found),
                   s.say("room.search_cases.missing"), key="Enter"),
        ),
        keys=(
            key("view", "Enter", s.say("room.search_cases.view"), enabled=bool(found)),
            *arrows(s, len(found)),
            leave(s),
        ),
    ))  # fmt: skip


def _applicant(case: OpeningCase) -> str:
    person = case.form.person(case.form.applicant) if case.form.applicant else None
    return mask_name(person.name) if person else "—"


def search_event(touch: Touch[Desk]) -> Event | None:
    """Typed, scanned, or picked out of the list."""
    hits = touch.sight.state.room.hits
    if touch.name == "scanned" and isinstance(touch.payload, dict):
        return ev.CodeScanned(scan_of(str(touch.payload.get("text", ""))))
    if touch.name == "typed":
        return back.FragmentTyped(touch.text)
    verb, _, chosen = touch.name.partition(".")
    if verb == "row" and any(case.id == chosen for _, case in hits):
        return back.CaseViewed(next(case.id for _, case in hits if case.id == chosen))
    return back.CaseViewed(hits[marked(touch.sight, len(hits))][1].id) if touch.name == "view" and hits else None


# the case from all sides --------------------------------------------------------------------------------------------
def view_case(s: Sight[Desk]) -> Page:
    """One case: seven lists."""
    d, story = s.state, s.state.room.story
    tab, busy = tab_of(s, TABS), d.busy is DeskBusy.FINDING
    found = _found(s, story, tab)[:_MOST] if story else []
    case = story.case if story else None
    heard = story is not None and not (
        (tab == "promises" and story.promises is None) or (tab == "messages" and story.messages is None)
    )
    name = "none" if heard and not found else tab if heard else "waits" if s.scene.online else "offline"
    return paged(s, Room(
        "view_case", _COLUMNS[tab], lines(s, found), tabs=tabs(s, "view_case", TABS),
        heading=business(case.form, s.words) if case else "",
        meta=s.say("room.view_case.meta", code=case.slip_code, state=s.say(f"state.case.{case.state.value}"))
        if case else "",
        said=s.say(f"room.view_case.said.{name}", n=len(found)), said_icon="licence",
        said_state="wait" if not heard else "now",
        actions=(
            Action("open", s.say("room.view_case.open"), "primary", "arrow-right", case is not None or busy,
                   s.say("room.search_cases.missing"), busy, s.say("clerk.busy.finding"), "Enter"),
        ),
        keys=(
            key("open", "Enter", s.say("room.view_case.open"), enabled=case is not None and not busy),
            *arrows(s, len(found), pages=True),
            key("retry", "F5", s.say("room.again")),
            leave(s),
        ),
    ))  # fmt: skip


def _found(s: Sight[Desk], story: Story, tab: str) -> Found:
    case = story.case
    match tab:
        case "promises":
            return [_promise(s, n, one) for n, one in enumerate(story.promises or ())]
        case "materials":
            return [
                (
                    one.id,
                    {"material": material_name(one, s.words), "detail": s.say(f"source.{one.source}", n=one.pages)},
                    "ok" if one.proven else "todo",
                    s.say("room.held" if one.proven else "room.to_check"),
                )
                for one in checklist(case, s.state.now.date())
            ]  # fmt: skip
        case "people":
            return [
                (
                    one.ref,
                    {
                        "person": mask_name(one.name),
                        "roles": s.listed([s.say(f"role.{role.value}") for role in sorted(one.roles, key=_by_value)]),
                        "cert_no": mask_number(one.cert_no), "phone": mask_phone(one.phone),
                    },
                    "", "",
                )
                for one in case.form.people
            ]  # fmt: skip
        case "articles":
            return [
                (
                    one.id,
                    {
                        "thing": s.say(f"article.{one.use.value if one.use else one.kind.value}"),
                        "number": number_of(s, one), "place": one.place or "—",
                    },
                    "ok" if one.state.value == "HANDED_OVER" else "now",
                    s.say(f"room.article_state.{one.state.value}"),
                )
                for one in case.articles
            ]  # fmt: skip
        case "messages":
            return [
                (
                    one.id,
                    {"at": f"{one.at:%m-%d %H:%M}", "text": one.text if s.words.language == "zh" else one.text_en},
                    "stop" if one.failed else "ok",
                    s.say("room.message_failed" if one.failed else "room.message_sent"),
                )
                for one in story.messages or ()
            ]  # fmt: skip
        case "audit":
            return [
                (
                    str(one.seq),
                    {
                        "at": f"{one.at:%m-%d %H:%M:%S}", "event": s.say(f"room.trail.{one.kind}"),
                        "by_staff": one.actor if one.actor.isdigit() else s.say("room.machine"),
                        "detail": s.listed([_told(s, *field) for field in one.fields[:2]]),
                    },
                    "", "",
                )
                for one in story.trail
            ]  # fmt: skip
    return [
        (
            str(n),
            {
                "at": f"{one.at:%m-%d %H:%M:%S}",
                "what": s.say("see_case.case") if one.what == "CASE" else s.say(f"item.{one.what}"),
                "by_role": s.say(f"room.role.{one.by}") if one.by in _ROLES else "—",
            },
            "now", s.say(f"state.{'case' if one.what == 'CASE' else 'item'}.{one.state}"),
        )
        for n, one in enumerate(reversed(case.timeline))
    ]  # fmt: skip


def _by_value(role: object) -> str:
    return str(getattr(role, "value", role))


def _promise(s: Sight[Desk], number: int, one: Promise) -> tuple[str, dict[str, str], str, str]:
    what = s.say("see_case.case") if one.what == "CASE" else s.say(f"item.{one.what}")
    pauses = s.listed([_pause(s, p) for p in one.pauses])
    cells = {"what": what, "due": f"{one.due:%m-%d %H:%M}", "pauses": pauses or s.say("room.no_pause")}
    if one.breached is not None:
        return str(number), cells, "stop", s.say("room.promise.breached")
    if one.stopped is not None:
        return str(number), cells, "ok", s.say("room.promise.kept")
    if one.paused:
        return str(number), cells, "wait", s.say("room.promise.paused")
    return str(number), cells, "now", _left(s, one.minutes_left or 0)


def _left(s: Sight[Desk], minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return s.say("room.promise.hours_left", h=hours, m=rest) if hours else s.say("room.promise.left", n=rest)


def _pause(s: Sight[Desk], pause: Pause) -> str:
    why = s.say(f"room.pause.{pause.reason}") if pause.reason in _PAUSES else pause.reason
    ended = f"{pause.ended:%m-%d %H:%M}" if pause.ended else ""
    return f"{pause.began:%m-%d %H:%M}–{ended} {why}"


def view_event(touch: Touch[Desk]) -> Event | None:
    """On to the desk with it."""
    story = touch.sight.state.room.story
    if touch.name == "open" and story is not None and touch.sight.state.busy is None:
        return ev.CasePicked(story.case.id)
    return None


def _told(s: Sight[Desk], name: str, value: str) -> str:
    """What an entry of the trail carries, in words where there are any; else as it is written, for it is evidence."""
    if (said := f"room.trail_told.{name}.{value}") in catalogue():
        return s.say(said)
    figure = f"room.trail_figure.{name}"
    return s.say(figure, value=value) if figure in catalogue() else f"{name}={value}"[:24]
