"""At the checklist: a material's picture beside the data that it proves, and a difference noted by one key (R40).

The picture lives in memory while it is looked at and nowhere else. A noted difference makes the line wrong and stands
on the one-time notice in words, so that the applicant knows which of the two to mend.
"""

from dataclasses import dataclass, replace

from kiosk.domain.ids import CaseId, MaterialId
from kiosk.domain.material import HeldMaterial
from kiosk.rules.materials import Mark, MaterialLine, meets
from kiosk.rules.notice import COMPARED

from .desk import Desk
from .events import material_view as ev
from .machine import Effect, Event, Row
from .material_look import MaterialLook


@dataclass(frozen=True, slots=True)
class ReadMaterialPage(Effect):
    """Fetch the picture of one page."""

    case_id: CaseId
    material_id: MaterialId
    page: int


def picture_of(d: Desk, line: MaterialLine) -> HeldMaterial | None:
    """The photographed or sent paper that was handed in for a line, the newest one."""
    held = d.case.materials if d.case else ()
    mine = [one for one in held if one.is_picture and one.id is not None and meets(one.code, line.code)]
    return mine[-1] if mine and line.pages else None


def _line(d: Desk, name: str) -> MaterialLine | None:
    return next((one for one in d.materials if one.id == name), None)


def _paper(d: Desk, e: Event) -> HeldMaterial | None:
    assert isinstance(e, ev.MaterialLookAsked)
    line = _line(d, e.line)
    return picture_of(d, line) if line is not None else None


def _may_look(d: Desk, e: Event) -> bool:
    assert isinstance(e, ev.MaterialLookAsked)
    paper = _paper(d, e)
    return paper is not None and 1 <= e.page <= paper.pages


def _looking(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.MaterialLookAsked)
    paper = _paper(d, e)
    assert paper is not None and paper.id is not None
    return replace(d, look=MaterialLook(e.line, paper.id, e.page), fault=None)


def _fetch(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.MaterialLookAsked) and d.case is not None
    paper = _paper(d, e)
    assert paper is not None and paper.id is not None
    return (ReadMaterialPage(d.case.id, paper.id, e.page),)


def _is_wanted(d: Desk, e: Event) -> bool:
    assert isinstance(e, ev.MaterialPageRead)
    return d.look is not None and (d.look.material_id, d.look.page) == (e.page.material_id, e.page.page)


def _shown(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.MaterialPageRead) and d.look is not None
    return replace(d, look=replace(d.look, shown=e.page))


def _failed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.MaterialPageFailed)
    return replace(d, look=None, fault=e.fault if d.look is not None else d.fault)


def _closed(d: Desk, e: Event) -> Desk:
    return replace(d, look=None)


def _may_note(d: Desk, e: Event) -> bool:
    assert isinstance(e, ev.DifferenceNoted)
    return d.deed is None and _line(d, e.line) is not None and e.fact in COMPARED


def _noted(d: Desk, e: Event) -> Desk:
    """With the first difference the line is wrong; with the last taken back it is open again."""
    assert isinstance(e, ev.DifferenceNoted)
    one = (e.line, e.fact)
    differs = tuple(x for x in d.differs if x != one) if one in d.differs else (*d.differs, one)
    marks = tuple((key, mark) for key, mark in d.marks if key != e.line)
    if any(line == e.line for line, _ in differs):
        marks = (*marks, (e.line, Mark.WRONG))
    return replace(d, differs=differs, marks=marks)


MATERIAL_VIEW: tuple[Row[Desk], ...] = (
    Row(ev.MaterialLookAsked, None, _looking, _fetch, _may_look),
    Row(ev.MaterialPageRead, None, _shown, None, _is_wanted),
    Row(ev.MaterialPageFailed, None, _failed),
    Row(ev.MaterialLookClosed, None, _closed),
    Row(ev.DifferenceNoted, None, _noted, None, _may_note),
)
