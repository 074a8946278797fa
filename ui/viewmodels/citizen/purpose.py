"""What is to be done: plain questions one after the other, then what follows and why, before anything is settled.

Whoever knows already skips the questions; whoever cannot be served here is told where to go as soon as that is clear.
"""

from collections.abc import Iterable

from kiosk.code_tables.company_types import company_type
from kiosk.code_tables.guide_tables import AnswerId, GuideQuestion, QuestionId, Said, words
from kiosk.domain.case import CompanyType
from kiosk.rules.guide import DIRECT, Advice, Guidance, asked, explain, guide, recalled, sensible, settled
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Visit
from ui.viewmodels.findings import finding_banners
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Screen, Sight, Touch, choice
from ui.words import catalogue

from .chrome import LATER, back, later

_TILES, _TWO = 6, 2  # so many answers and more stand in tiles; two of them side by side
_PLAN, _PLACE, _DIRECT = "plan", "place", "direct"
_ICONS = {
    "who.alone": "person", "who.partners": "people", "who.with_company": "bank", "who.company_alone": "house",
    "who.abroad": "globe", "form.company": "licence", "form.individual": "shop", "form.stock": "people",
    "when.all": "check", "when.licence": "licence", "staff.none": "person", "staff.some": "people",
    "where.here": "pin", "where.other_district": "house", "where.outside": "globe",
}  # fmt: skip
_PLAN_ICONS = {
    "form": "shop", "items": "licence", "offers": "bank", "bring": "card", "time": "clock", "cost": "receipt",
    "notes": "info",
}  # fmt: skip


def choose_purpose(s: Sight[Visit]) -> Screen:
    """The question at hand; or the plan; or the place to go to; or the ready choices for whoever knows."""
    said, first = _said(s), asked({})[0].id
    ask = _at(s, said)
    question = next((one for one in asked(said) if one.id == ask), None)
    actions: list[Action] = []
    then = {**LATER, "direct": {"ask": _DIRECT}, "ask_back": {"ask": _before(said, ask), "why": ""}}
    if ask == _PLAN:
        actions.append(Action("purpose", s.say("choose_purpose.agree"), "primary", "arrow-right"))
    if ask == _PLACE:
        actions.append(Action("leave", s.say("choose_purpose.place.leave"), "primary", "exit"))
    if ask != first:
        actions.append(Action("ask_back", s.say("chrome.back"), icon="arrow-left"))
    elif s.state.changing:
        actions.append(back(s))  # of three keys the bar has no room for more; the questions lead there as well
    else:
        short = s.say("choose_purpose.skip_short")
        actions.append(Action("direct", s.say("choose_purpose.skip"), icon="check", short=short))
    if ask != _PLACE:
        actions.append(later(s))
    rows = _answers(s, question, said) if question else ()
    shape = "" if question is None else "tiles" if len(rows) >= _TILES else "two" if len(rows) == _TWO else "rows"
    title, lead = _asking(s, ask, question, said)
    return Screen(
        title,
        lead,
        {"ask": ask, "shape": shape},
        {
            "kinds": rows if shape == "tiles" else (),
            "choices": rows if shape == "two" else (),
            "answers": rows if shape == "rows" else ready_choices(s) if ask == _DIRECT else (),
            "plan": _told(s, said) if ask in (_PLAN, _PLACE) else (),
            "banners": _refused(s, s.state.said or said if ask == _DIRECT else said),
        },
        tuple(actions),
        then,
    )


def _refused(s: Sight[Visit], said: Said) -> tuple[Row, ...]:
    """Why it did not go on, as long as the answers still lead to the same type."""
    form = s.state.form
    same = guide(said).terminal_type is form.company_type
    return finding_banners(s.state.findings, form, s.words) if same else ()


def _said(s: Sight[Visit]) -> Said:
    """What was answered on this screen, over what is known from before."""
    known = s.state.said or recalled(s.state.form)
    noted = {q: AnswerId(s.note(q)) for q in _QUESTIONS if s.note(q)}
    return sensible({**known, **noted})


_QUESTIONS = tuple(QuestionId(one) for one in ("who", "form", "kind", "when", "staff", "where"))


def _at(s: Sight[Visit], said: Said) -> str:
    """Which face of the screen is up: a note may only lead where the answers allow it."""
    wanted, told = s.note("ask"), guide(said)
    questions = [one.id for one in asked(said)]
    if wanted == _PLACE and told.place is not None:
        return _PLACE
    if wanted == _PLAN and told.place is None and told.ready:
        return _PLAN
    return wanted if wanted == _DIRECT or wanted in questions else questions[0]


def _after(said: Said) -> str:
    """Where an answer leads: away as soon as that is certain, else to the next open question, else to the plan."""
    told = guide(said)
    if told.place is not None:
        return _PLACE
    return told.open[0] if told.open else _PLAN


def _before(said: Said, ask: str) -> str:
    questions = [one.id for one in asked(said)]
    if ask == _PLACE:
        place = guide(said).place
        return max(place.because, key=questions.index) if place and place.because else questions[0]
    if ask == _PLAN:
        return questions[-1]
    at = questions.index(QuestionId(ask)) if ask in questions else 0
    return questions[max(0, at - 1)]


def _asking(s: Sight[Visit], ask: str, question: GuideQuestion | None, said: Said) -> tuple[str, str]:
    if question is not None:
        return words(f"question.{ask}", s.words.language), words(f"why.{ask}", s.words.language)
    place = guide(said).place
    if ask == _PLACE and place is not None:
        return s.say("choose_purpose.place.title"), words(place.reason, s.words.language)
    return s.say(f"choose_purpose.{ask}.title"), s.say(f"choose_purpose.{ask}.lead")


def _answers(s: Sight[Visit], question: GuideQuestion, said: Said) -> tuple[Row, ...]:
    def row(answer: AnswerId) -> Row:
        name = f"{question.id}.{answer}"
        goes = _after(sensible({**said, question.id: answer}))
        more = f"choose_purpose.more.{name}"
        return choice(
            answer, words(f"answer.{name}", s.words.language), s.say(more) if more in catalogue() else "",
            picked=said.get(question.id) == answer,
            icon=_ICONS.get(name, ""), sets={question.id: answer, "ask": goes},
        )  # fmt: skip

    return tuple(row(answer.id) for answer in question.answers)


def ready_choices(s: Sight[Visit]) -> tuple[Row, ...]:
    """Ready choices: a touch on one settles it."""
    rows = []
    for key, said in DIRECT.items():
        parts = [words(f"answer.{q}.{a}", s.words.language) for q, a in said.items() if q != "form"]
        rows.append(choice(key, type_name(s, guide(said)), " · ".join(parts), act="purpose", value=key))
    return tuple(rows)


def type_name(s: Sight[Visit], told: Guidance) -> str:
    if told.company_type is not None and told.company_type.value == CompanyType.INDIVIDUAL.value:
        return words("answer.form.individual", s.words.language)  # the code list only says 个体
    row = company_type(told.company_type.value) if told.company_type else None
    if row is None:
        return ""
    return row.name if s.words.language == "zh" else row.name_en


def _told(s: Sight[Visit], said: Said) -> tuple[Row, ...]:
    """What follows, line by line; each line can say why."""
    told, language = guide(said), s.words.language
    lead = words(told.place.reason, language) if told.place else ""
    rows: list[Row] = []

    def line(key: str, detail: str, advices: Iterable[Advice]) -> None:
        if not detail:
            return
        # what the page says already is not said again as a reason
        why = [one for advice in advices for one in explain(advice, said, language) if one not in detail + lead]
        rows.append({
            "key": key, "icon": _PLAN_ICONS.get(key, "pin"), "text": s.say(f"choose_purpose.plan.{key}"),
            "detail": detail, "why": "\n".join(dict.fromkeys(why)), "open": s.note("why") == key,
        })  # fmt: skip

    def sentences(advices: Iterable[Advice]) -> str:
        return "\n".join(words(one.reason, language) for one in advices)

    if told.place is not None:
        line("place", words(f"place.{told.place.value}", language), (told.place,))
    line("form", type_name(s, told), (told.company_type,) if told.company_type else ())
    if told.place is None:
        line("items", s.listed([s.say(f"item.{one.value}") for one in told.items]), told.items)
    line("bring", sentences(told.materials), told.materials)
    if told.place is None:
        line("time", sentences(told.durations), told.durations)
        line("cost", sentences(told.costs), told.costs)
        offers = s.listed([s.say(f"item.{one.value}") for one in told.offers])
        line("offers", s.say("choose_purpose.plan.offers_at_window", items=offers) if offers else "", told.offers)
    line("notes", sentences(told.notes), told.notes)
    return tuple(rows)


def purpose_event(touch: Touch[Visit]) -> Event | None:
    """就这样办, after the questions or as one of the ready choices."""
    said = DIRECT.get(touch.text) if touch.text else _said(touch.sight)
    return ev.PurposeChosen(said) if touch.name == "purpose" and said and settled(said) else None
