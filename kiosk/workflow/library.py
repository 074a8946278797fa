"""The library of certificates at intake (R70): what it holds stands in the checklist before anybody is asked for it,
and is used when its holder agrees. Whoever does not agree brings the paper; nobody is asked for what is held.
"""

from dataclasses import replace

from kiosk.audit import AuditKind
from kiosk.domain.library import LibraryPaper, WhyNot
from kiosk.rules.materials import MaterialLine, checklist, meets

from . import effects as do
from . import library_effects as lend
from .desk import INTAKE_STATES, Desk
from .events import everywhere
from .events import library as ev
from .machine import Effect, Event, Row

CONSENT_TEXT = "library-1"  # which wording the holder agreed to


def _fits(d: Desk, line: MaterialLine, paper: LibraryPaper) -> bool:
    """Whether a paper is of the kind that a line asks for, and of the one whom the line is about."""
    if line.proven or not meets(paper.code, line.code):
        return False
    person = d.case.form.person(paper.ref) if d.case and paper.ref else None
    return not line.who or (person is not None and person.shown_name == line.who)


def offered(d: Desk, line: MaterialLine) -> LibraryPaper | None:
    """What the library holds for a line and may be used."""
    library = d.library
    return next(
        (
            one for one in library.papers or ()
            if one.why_not is None and one.id not in library.declined and _fits(d, line, one)
        ),
        None,
    )  # fmt: skip


def not_offered(d: Desk, line: MaterialLine) -> LibraryPaper | None:
    """What it holds and does not give, while it holds nothing better."""
    if offered(d, line) is not None:
        return None
    bad = (WhyNot.EXPIRED, WhyNot.OTHER_NAME)
    return next((one for one in d.library.papers or () if one.why_not in bad and _fits(d, line, one)), None)


def look_in_library(d: Desk) -> tuple[Effect, ...]:
    """Before anything is asked; only while something can still be asked."""
    asks = d.case is not None and d.case.state in INTAKE_STATES
    return (lend.LookInLibrary(d.case.id),) if asks and d.case is not None else ()


def _look_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return look_in_library(d)


def _told(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.LibraryTold)
    return replace(d, library=replace(d.library, papers=e.papers))


def _may_ask(d: Desk, e: Event) -> bool:
    assert isinstance(e, ev.LibraryAsked)
    return d.deed is None and not d.library.asked and any(
        (one := offered(d, line)) is not None and one.id == e.paper_id for line in d.materials
    )  # fmt: skip


def _asked(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.LibraryAsked)
    return replace(d, library=replace(d.library, asked=e.paper_id), fault=None)


def _agrees(d: Desk, e: Event) -> bool:
    return _waits(d, e) and isinstance(e, ev.LibraryAnswered) and e.agreed


def _waits(d: Desk, e: Event) -> bool:
    return bool(d.library.asked) and not d.library.taking


def _is_taking(d: Desk, e: Event) -> bool:
    return d.library.taking


def _taking(d: Desk, e: Event) -> Desk:
    return replace(d, library=replace(d.library, taking=True))


def _take(d: Desk, e: Event) -> tuple[Effect, ...]:
    paper = d.library.paper(d.library.asked)
    assert d.case is not None and paper is not None
    note = do.Note(AuditKind.CONSENT_GIVEN, (("text_version", CONSENT_TEXT), ("face", "no")))
    return (note, lend.UseFromLibrary(d.case.id, paper.id, d.now, paper.ref))


def _declined(d: Desk, e: Event) -> Desk:
    library = d.library
    return replace(d, library=replace(library, declined=library.declined | {library.asked}, asked=""))


def _used(d: Desk, e: Event) -> Desk:
    """The line is in order by that; what the clerk said of the others stays."""
    assert isinstance(e, ev.LibraryUsed) and d.case is not None
    library = replace(d.library, used=d.library.used | {e.paper_id}, asked="", taking=False)
    held = tuple(one.held for one in library.papers or () if one.id in library.used)
    lines = checklist(d.case, d.now.date(), held)
    proven = {line.id for line in lines if line.proven}
    return replace(
        d, library=library, materials=lines, marks=tuple((key, mark) for key, mark in d.marks if key not in proven)
    )


def _failed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, everywhere.PlatformFailed)
    return replace(d, library=replace(d.library, asked="", taking=False), fault=e.fault)


LIBRARY: tuple[Row[Desk], ...] = (
    Row(ev.LibraryTold, None, _told),
    Row(ev.LibraryAsked, None, _asked, None, _may_ask),
    Row(ev.LibraryAnswered, None, _taking, _take, _agrees),
    Row(ev.LibraryAnswered, None, _declined, None, _waits),
    Row(ev.LibraryUsed, None, _used),
    Row(everywhere.PlatformFailed, None, _failed, None, _is_taking),
    Row(everywhere.RetryAsked, None, None, _look_again),
)
