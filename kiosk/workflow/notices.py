"""What the window gives in writing: the one-time notice with everything at once (R44), the notice of acceptance."""

from dataclasses import replace

from kiosk.code_tables.company_types import company_type
from kiosk.code_tables.materials import materials
from kiosk.domain.case import CaseState, OpeningCase
from kiosk.domain.document import Document, Language, word
from kiosk.domain.item import Item
from kiosk.domain.material import MaterialState, NoticeLine
from kiosk.rules.documents.acceptance_notice import Acceptance, Collection, acceptance_notice
from kiosk.rules.documents.materials import MaterialForm, Missing, Received
from kiosk.rules.documents.one_time_notice import Notice, one_time_notice
from kiosk.rules.documents.parts import Issuing
from kiosk.rules.documents.words import say
from kiosk.rules.materials import IDENTITY, Mark, Need, holdings
from kiosk.rules.notice import lines_of

from .desk import Desk, found, mark_of
from .effects import PrintPaper
from .machine import Effect


def needs_of(d: Desk) -> tuple[Need, ...]:
    """What the clerk found missing or wrong, each material once with all its items."""
    needs: dict[str, Need] = {}
    for line in d.materials:
        if mark_of(d, line) in (Mark.MISSING, Mark.WRONG):
            needs.setdefault(line.code, Need(line.code, line.items[:1] or (Item.SETUP,)))
    return tuple(needs.values())


def everything(d: Desk) -> tuple[NoticeLine, ...]:
    """All that has to be mended or brought, as the notice will say it."""
    if d.case is None:
        return ()
    told = lines_of(found(d), d.case.form, needs_of(d))
    return tuple(_with_differences(d, one) for one in told)


def _with_differences(d: Desk, told: NoticeLine) -> NoticeLine:
    """Which of the data does not agree with the paper, beside what is asked for."""
    of_code = {line.id for line in d.materials if line.code == told.code}
    facts = dict.fromkeys(say(word(f"differs.{fact}"), Language.ZH) for line, fact in d.differs if line in of_code)
    if not facts:
        return told
    return replace(told, text=f"{told.text}（{say(word('differs.said', what='、'.join(facts)), Language.ZH)}）")


def paper_of(d: Desk) -> tuple[Effect, ...]:
    """The paper that the platform's decision calls for: a notice to mend, or one of acceptance."""
    case = d.case
    if case is None:
        return ()
    if case.state is CaseState.RETURNED:
        told = d.notice
        ink = {"applicant": d.signature_png} if d.signature_png else {}
        return (
            PrintPaper("one_time_notice", f"{case.id}-notice", lambda issuing: _notice(case, told, issuing), ink),
        )
    if case.accepted_at is not None:
        return (PrintPaper("acceptance_notice", f"{case.id}-acceptance", lambda issuing: _accepted(case, issuing)),)
    return ()


def _notice(case: OpeningCase, lines: tuple[NoticeLine, ...], issuing: Issuing) -> Document:
    # the same words for all items that wait for one thing: said once
    missing = dict.fromkeys((one.material, one.text, one.remedy, "；".join(one.basis)) for one in lines)
    notice = Notice("", tuple(Missing(*one) for one in missing), received(case))
    return one_time_notice(case, notice, issuing)


def _accepted(case: OpeningCase, issuing: Issuing) -> Document:
    kind = company_type(case.form.company_type.value) if case.form.company_type else None
    place = Collection(case.pickup_window or issuing.hall.name)
    return acceptance_notice(case, Acceptance(place, received(case), company_type=kind.name if kind else ""), issuing)


def received(case: OpeningCase) -> tuple[Received, ...]:
    """What the hall has of this case, all of it electronic."""
    people = len(case.form.people)
    made = tuple(
        Received(materials()[one.code].name, MaterialForm.ELECTRONIC, people if one.code == IDENTITY else 1)
        for one in holdings(case.form)
        if one.code in materials()
    )
    papers = (one for one in case.materials if one.state is not MaterialState.REJECTED)
    return (*made, *(Received(materials()[one.code].name, MaterialForm.ELECTRONIC, one.pages) for one in papers))
