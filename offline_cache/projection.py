"""What screens see of a case: the mirror's word with what is still owed laid over it, and how fresh that is."""

from collections.abc import Callable
from dataclasses import replace

from kiosk.contracts.ledger import Answer
from kiosk.domain.article import ArticleState
from kiosk.domain.case import OpeningCase
from kiosk.domain.ids import CaseId, SlipCode

from . import mirror, outbox, wire
from .driver import Database
from .mirror import MirroredCase
from .outbox import Sealed


def case(
    db: Database, case_id: CaseId, said: MirroredCase | None, live: Callable[[], bool]
) -> Answer[OpeningCase] | None:
    """One case as the mirror has it (``said``), with its waiting draft and its facts; None: nothing is known."""
    base = None if said is None else wire.opening_case(said.body)
    waiting, owed = outbox.live(db, case_id), outbox.owed(db, case_id)
    # A refused draft is a task; until a person has chosen, what the platform has is what counts.
    drafted = outbox.drafts_of(owed if base is None else waiting)
    form = wire.form_of(drafted[-1].body) if drafted else None
    if base is None:
        if form is None:
            return None
        base = OpeningCase(case_id, SlipCode(drafted[-1].slip_code))
    facts = tuple(one for one in owed if one.fact)
    there = {one.id for one in base.materials}
    papers = (wire.material_of(one.path, one.body) for one in waiting if one.operation == "putMaterial")
    base = replace(base, materials=(*base.materials, *(one for one in papers if one and one.id not in there)))
    shown = _with_facts(base if form is None else replace(base, form=form), facts)
    as_told = said is not None and not waiting and not facts and not mirror.is_stale(db, case_id)
    return Answer(shown, None if said is None else said.as_of, as_told and live())


def applicant(case: OpeningCase) -> str:
    """The certificate number of whoever applies; empty while nobody does."""
    person = case.form.person(case.form.applicant) if case.form.applicant else None
    return "" if person is None else person.cert_no


def _with_facts(case: OpeningCase, facts: tuple[Sealed, ...]) -> OpeningCase:
    """What was handed over is handed over, whether or not the platform has heard of it."""
    for fact in facts:
        gone = wire.articles_of(fact.body)
        articles = (
            replace(article, state=ArticleState.HANDED_OVER) if article.id in gone else article
            for article in case.articles
        )
        case = replace(case, open_handover=None, articles=tuple(articles))
    return case
