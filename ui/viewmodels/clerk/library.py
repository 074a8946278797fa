"""电子证照库 at intake: what it holds for the line at hand, what it does not give and why, and the question."""

from kiosk.domain.library import LibraryPaper, WhyNot
from kiosk.domain.private import mask_name
from kiosk.rules.addresses import is_same_place
from kiosk.workflow.desk import Desk
from kiosk.workflow.events import library as ev
from kiosk.workflow.library import not_offered, offered
from kiosk.workflow.machine import Event
from ui.viewmodels.findings import banner
from ui.viewmodels.naming import kind_name
from ui.viewmodels.page import Row
from ui.viewmodels.sight import Sight, Touch, line

from .chrome import key


def _until(s: Sight[Desk], paper: LibraryPaper) -> str:
    """Until when it is good, as half a sentence."""
    day = paper.valid_until
    return s.say("library.valid", day=f"{day:%Y-%m-%d}") if day else s.say("look.long_term")


def cells(s: Sight[Desk], n: int) -> dict[str, str]:
    """How the checklist says that nobody need be asked: from whom it is, and until when it is good. Whether somebody
    need, where it names another place, is not said before a person has compared."""
    paper = offered(s.state, s.state.materials[n])
    if paper is None:
        return {}
    look = s.say("library.elsewhere") if _differs(s, paper) else s.say("library.until", day=_until(s, paper))
    return {"source": s.say("library.source"), "look": look}


def about(s: Sight[Desk], at: int) -> tuple[Row, ...]:
    """The library's word on the line at hand."""
    material = s.state.materials[at]
    paper, bad = offered(s.state, material), not_offered(s.state, material)
    told = paper or bad
    if told is None:
        return ()
    what = s.say("library.held", what=kind_name(told.code, s.words), issuer=told.issuer, day=_until(s, told))
    rows = [line("library", s.say("library.label"), what)]
    if told.about:
        rows.append(line("library_about", s.say("library.about"), told.about))
    if bad is not None:
        why = "expired" if bad.why_not is WhyNot.EXPIRED else "other_name"
        rows.append(line("library_why", s.say("library.not_offered"), s.say(f"library.why.{why}")))
    return tuple(rows)


def compared(s: Sight[Desk], at: int, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """What the case says of the line at hand; the domicile says so where the library's paper names another place."""
    material = s.state.materials[at]
    told = offered(s.state, material) or not_offered(s.state, material)
    if told is None or not _differs(s, told):
        return rows
    differs = {"state": "problem", "words": s.say("library.differs")}
    return tuple({**row, **differs} if row["key"] == "domicile" else row for row in rows)


def _differs(s: Sight[Desk], paper: LibraryPaper) -> bool:
    """Whether it names another place than the form."""
    case = s.state.case
    return case is not None and not is_same_place(paper.about, case.form.domicile)


def beside(s: Sight[Desk], at: int, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The case's word on the line at hand, and the library's."""
    return (*compared(s, at, rows), *about(s, at))


def banners(s: Sight[Desk]) -> tuple[Row, ...]:
    """The question that waits for the applicant's answer."""
    library = s.state.library
    paper = library.paper(library.asked)
    if paper is None:
        return ()
    what = s.say("library.taking" if library.taking else "library.asks", what=kind_name(paper.code, s.words),
                 who=_holder(s, paper))  # fmt: skip
    if library.taking:
        return ({**banner("library", "wait", what, s.say("library.taking_how"), icon="send"), "cap": ""},)
    said = banner("library", "wait", what, s.say("library.asks_how"), icon="question",
                  button=s.say("library.said_yes"), act="library_yes")  # fmt: skip
    return ({**said, "cap": "F3"},)


def _holder(s: Sight[Desk], paper: LibraryPaper) -> str:
    person = s.state.case.form.person(paper.ref) if s.state.case and paper.ref else None
    return mask_name(person.name) if person else s.say("library.company")


def keys(s: Sight[Desk], at: int, *, decided: bool) -> tuple[Row, ...]:
    """F6 asks; while it is asked F3 says yes and F4 no: the key that asks, pressed twice, is nobody's consent. F5
    looks again."""
    library = s.state.library
    here = offered(s.state, s.state.materials[at]) if s.state.materials else None
    if library.asked:
        return (
            key("library_yes", "F3", s.say("library.said_yes"), enabled=not library.taking),
            key("library_no", "F4", s.say("library.said_no"), enabled=not library.taking),
        )
    return (
        key("library", "F6", s.say("library.use"), enabled=here is not None and s.scene.online and not decided),
        key("retry", "F5", s.say("library.again"), enabled=s.scene.online and not decided),
    )


def event(touch: Touch[Desk], at: int) -> Event | None:
    """Ask for consent, or what the applicant said to it."""
    d = touch.sight.state
    if touch.name in ("library_yes", "library_no"):
        return ev.LibraryAnswered(touch.name == "library_yes")
    paper = offered(d, d.materials[at]) if touch.name == "library" and d.materials else None
    return ev.LibraryAsked(paper.id) if paper else None
