"""Guided questions (智能引导, R27): from a few plain answers to the company type, the items, the materials, the
promise, the cost, and where to go when a terminal cannot take it.

Everything that is advised can explain itself: the key of a sentence why, and the questions that led to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from kiosk.code_tables import guide_tables
from kiosk.code_tables.divisions import current_divisions
from kiosk.code_tables.guide_tables import AnswerId, Condition, Gives, GuideQuestion, GuideRule, QuestionId, Said
from kiosk.domain.case import CompanyType, Domicile, OpeningForm, Purpose
from kiosk.domain.ids import DivisionCode
from kiosk.domain.item import Item

from .trades import TRADES, trade_of

_OTHERWISE_REASON, _OTHERWISE_PLACE = "redirect_type", "window"
_WHO, _FORM, _KIND, _WHEN = QuestionId("who"), QuestionId("form"), QuestionId("kind"), QuestionId("when")
_STAFF, _WHERE, _HERE = QuestionId("staff"), QuestionId("where"), AnswerId("here")
_ALONE, _PARTNERS, _WITH_COMPANY = AnswerId("alone"), AnswerId("partners"), AnswerId("with_company")
_COMPANY, _INDIVIDUAL = AnswerId("company"), AnswerId("individual")
_ALL, _LICENCE = AnswerId("all"), AnswerId("licence")

# For whoever knows already: what most people come for, each as the answers that lead to it.
DIRECT: Mapping[str, Said] = {
    f"{name}_{when}": {_WHO: who, _FORM: form, _WHEN: when}
    for when in (_ALL, _LICENCE)
    for name, who, form in (
        ("individual", _ALONE, _INDIVIDUAL),
        ("alone", _ALONE, _COMPANY),
        ("partners", _PARTNERS, _COMPANY),
    )
}


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing that follows. ``because``: the questions that led to it; none where it holds for everybody."""

    value: str
    reason: str
    because: tuple[QuestionId, ...] = ()
    link: str = ""  # item/code of the requirement behind a material


@dataclass(frozen=True, slots=True)
class Guidance:
    """What follows from the answers so far; ``open`` are the questions still to be asked."""

    open: tuple[QuestionId, ...]
    company_type: Advice | None
    redirects: tuple[Advice, ...]  # places to go instead; the first is the one to name
    items: tuple[Advice, ...]
    offers: tuple[Advice, ...]
    materials: tuple[Advice, ...]
    durations: tuple[Advice, ...]
    costs: tuple[Advice, ...]
    notes: tuple[Advice, ...]

    @property
    def place(self) -> Advice | None:
        """Where the person has to go instead of this terminal."""
        return self.redirects[0] if self.redirects else None

    @property
    def ready(self) -> bool:
        """Whether nothing is left to ask."""
        return not self.open

    @property
    def terminal_type(self) -> CompanyType | None:
        """The company type as the form holds it; None where the form has none such."""
        codes = {kind.value: kind for kind in CompanyType}
        return codes.get(self.company_type.value) if self.company_type is not None else None

    @property
    def case_items(self) -> tuple[Item, ...]:
        """The items of the case to be, without those that are only offered."""
        return tuple(Item(one.value) for one in self.items)

    @property
    def cost(self) -> Decimal:
        """All costs together, in 万元."""
        return sum((Decimal(one.value) for one in self.costs), Decimal(0))


def in_this_district(place: Domicile, said: Said, hall: DivisionCode | None) -> Domicile:
    """The place with the hall's division, where somebody said that it will be in this district: once is enough."""
    if place.division or hall is None or said.get(_WHERE) != _HERE:
        return place
    known = next((one for one in current_divisions() if one.code == hall), None)
    return replace(place, division=DivisionCode(known.code), division_name=known.name) if known else place


def asked(said: Said) -> tuple[GuideQuestion, ...]:
    """The questions that make sense after these answers, each with only the answers that do."""
    found: list[GuideQuestion] = []
    kept: dict[QuestionId, AnswerId] = {}
    for question in guide_tables.questions():
        answers = tuple(answer for answer in question.answers if answer.when.holds(kept))
        if not answers:
            continue
        found.append(GuideQuestion(question.id, answers))
        if said.get(question.id) in {answer.id for answer in answers}:
            kept[question.id] = said[question.id]
    return tuple(found)


def sensible(said: Said) -> Said:
    """The answers that count: those to questions that are asked, and that can be given there."""
    possible = {question.id: {answer.id for answer in question.answers} for question in asked(said)}
    return {question: answer for question, answer in said.items() if answer in possible.get(question, ())}


def guide(said: Said) -> Guidance:
    """Everything that follows from the answers so far. Never raises; an answer that nobody offered does not count."""
    kept = sensible(said)
    held = [rule for rule in guide_tables.rules() if rule.when.holds(kept)]
    kinds = _of(held, Gives.TYPE)
    company_type = kinds[0] if kinds else None
    redirects = _of(held, Gives.REDIRECT)
    taken = {rule.value for rule in held if rule.gives is Gives.TAKES}
    if not redirects and company_type is not None and company_type.value not in taken:
        redirects = (Advice(_OTHERWISE_PLACE, _OTHERWISE_REASON, company_type.because),)
    return Guidance(
        open=tuple(question.id for question in asked(said) if question.id not in kept),
        company_type=company_type,
        redirects=redirects,
        items=_of(held, Gives.ITEM),
        offers=_of(held, Gives.OFFER),
        materials=_of(held, Gives.MATERIAL),
        durations=_of(held, Gives.DURATION),
        costs=_of(held, Gives.COST),
        notes=_of(held, Gives.NOTE),
    )


def settled(said: Said) -> bool:
    """Whether a case can begin with these answers: a type that this terminal takes, and its items. What is still open
    then is about the details."""
    told = guide(said)
    return told.place is None and told.terminal_type is not None and _WHEN in sensible(said)


def purpose_of(said: Said) -> Purpose:
    """The answers as the form keeps them."""
    kept = sensible(said)
    kind = kept.get(_KIND, AnswerId(""))
    return Purpose(
        with_partners=None if _WHO not in kept else kept[_WHO] != _ALONE,
        trade_hint=TRADES[kind].hint if kind in TRADES else "",
        licence_first=None if _WHEN not in kept else kept[_WHEN] == _LICENCE,
    )


def recalled(form: OpeningForm) -> Said:
    """The answers that a form still knows, for a person who comes back to them."""
    said: dict[QuestionId, AnswerId] = {}
    known = form.purpose
    if known.with_partners is not None:
        together = _WITH_COMPANY if form.company_type is CompanyType.LLC_OTHER else _PARTNERS
        said[_WHO] = together if known.with_partners else _ALONE
        said[_FORM] = _INDIVIDUAL if form.is_individual else _COMPANY
    if kind := trade_of(known.trade_hint):
        said[_KIND] = AnswerId(kind)
    if known.licence_first is not None:
        said[_WHEN] = _LICENCE if known.licence_first else _ALL
        if form.is_individual and not known.licence_first:  # only with staff is it registered for social insurance
            said[_STAFF] = AnswerId("some" if Item.SOCIAL in form.items else "none")
    return said


def explain(advice: Advice, said: Said, language: str = "zh") -> tuple[str, ...]:
    """Why, in words: the reason, then each question that led to it with the answer that was given."""
    kept = sensible(said)
    told = [guide_tables.words(advice.reason, language)]
    for question in advice.because:
        if question in kept:
            asked_words = guide_tables.words(f"question.{question}", language)
            told.append(f"{asked_words}{' ' if language == 'en' else ''}"
                        f"{guide_tables.words(f'answer.{question}.{kept[question]}', language)}")  # fmt: skip
    return tuple(told)


def _of(held: list[GuideRule], gives: Gives) -> tuple[Advice, ...]:
    return tuple(Advice(r.value, r.reason, _because(r.when), r.link) for r in held if r.gives is gives)


def _because(when: Condition) -> tuple[QuestionId, ...]:
    order = [question.id for question in guide_tables.questions()]
    return tuple(sorted(when.questions, key=order.index))
