"""What the business is, on the desk's form: what is to be done, its name with the
pre-check while it is typed, its scope."""

from kiosk.code_tables.guide_tables import QuestionId, words
from kiosk.domain.case import CompanyName, PermitDuty
from kiosk.domain.finding import Severity
from kiosk.rules.guide import DIRECT, asked, guide, recalled
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk
from kiosk.workflow.machine import Event
from kiosk.workflow.on_desk import visit_of
from kiosk.workflow.visit import Busy
from ui.viewmodels.citizen import company, purpose
from ui.viewmodels.page import Row
from ui.viewmodels.sight import Sight, choice

from .form_line import Line, OneOf, Typed, as_visit, typed_of

_PURPOSE, _NAME, _SCOPE = "choose_purpose", "declare_name", "describe_business"
_IN_DIRECT = ("who", "form", "when")  # questions that a ready choice answers together
_NAME_CODES = frozenset({"name-form-type", "name-form-individual", "name-industry-scope"})


# --- what is to be done ---
def purpose_lines(s: Sight[Desk]) -> tuple[Line, ...]:
    """One key for company type and items together; the questions behind it one by one."""
    v = visit_of(s.state)
    said = v.said or recalled(v.form)
    told = guide(said)

    def direct(row: Row) -> Event | None:
        kept = {q: a for q, a in said.items() if q not in _IN_DIRECT}
        chosen = DIRECT.get(str(row["value"]))
        return ev.PurposeChosen({**kept, **chosen}) if chosen else None

    def answer(question: QuestionId) -> Line:
        answers = OneOf(
            {one.id: one.id for q in asked(said) if q.id == question for one in q.answers},
            said.get(question),
            lambda one: (words(f"answer.{question}.{one}", s.words.language), ""),
            lambda one: ev.PurposeChosen({**said, question: one}),
        )
        return Line(
            f"purpose.{question}",
            _PURPOSE,
            words(f"question.{question}", s.words.language).rstrip("？?"),
            answers.value,
            options=answers.rows,
            take=answers.take,
            tells=(words(f"why.{question}", s.words.language),),
        )

    items = s.listed([s.say(f"item.{one.value}") for one in v.form.items])
    kind = purpose.type_name(as_visit(s, _PURPOSE), told) if v.form.company_type else ""
    first = Line(
        "purpose",
        _PURPOSE,
        s.say("entry.purpose"),
        kind,
        needed=True,
        note=items,
        codes=frozenset({"purpose-missing", "setup-missing", "type-at-city", "type-at-window"}),
        options=lambda: purpose.ready_choices(as_visit(s, _PURPOSE)),
        take=direct,
    )
    if v.form.company_type is None:
        return (first,)
    return (first, *(answer(q.id) for q in asked(said) if q.id not in _IN_DIRECT))


# --- the name ---
def name_lines(s: Sight[Desk]) -> tuple[Line, ...]:
    """Trade name, industry and form; the platform is asked as soon as the terminal's own look finds nothing wrong."""
    form = visit_of(s.state).form
    naming = _naming(s) if form.is_individual else ()
    if form.is_nameless:
        return naming
    return (*naming, _trade(s), *_parts(s))


def _naming(s: Sight[Desk]) -> tuple[Line, ...]:
    without = visit_of(s.state).form.is_nameless
    value = s.say("declare_name.without") if without else ""
    leave_out = choice("without", s.say("declare_name.without"), act="without", picked=without)
    back = choice("with", s.say("declare_name.with"), act="with", picked=not without)
    name = visit_of(s.state).form.name
    return (
        Line(
            "naming",
            _NAME,
            s.say("entry.naming"),
            value or s.say("declare_name.with"),
            options=lambda: (leave_out, back),
            take=lambda row: ev.NameLeftOut() if row["act"] == "without" else ev.NameEntered(name),
            tells=(s.say("declare_name.left_out"),),
            codes=frozenset({"name-left-out"}),
        ),
    )


def _whole(s: Sight[Desk], trade: str) -> CompanyName:
    """The name with this trade name, and what was picked for it before it was there."""
    notes = {name: s.note(name) for name in ("industry", "form") if s.note(name)}
    return company.typed_name(as_visit(s, _NAME, {**notes, "trade": trade}))


def _trade(s: Sight[Desk]) -> Line:
    v = visit_of(s.state)
    known, verdict, busy = v.form.name, v.form.name_verdict, v.busy is Busy.NAME
    sight = as_visit(s, _NAME)

    def look(text: str) -> tuple[str, bool]:
        if not text.strip():
            return "", False
        whole = _whole(s, text)
        if whole == known and verdict is not None:
            return (company.held_until(sight), False) if verdict.reserve_no else (company.why_refused(sight), True)
        told = company.name_findings(sight, whole)
        wrong = any(one.severity is Severity.STOP for one in told)
        return f"{whole.full}　{company.first_look(sight, told)}".strip(), wrong

    def give(text: str) -> Event | None:
        whole = _whole(s, text)
        stops = any(one.severity is Severity.STOP for one in company.name_findings(sight, whole))
        return ev.NameEntered(whole) if whole.trade and not stops and not busy else None

    def others() -> tuple[Row, ...]:
        text = typed_of(s, "name.trade")
        whole = _whole(s, known.trade if text is None else text)
        refused = verdict is not None and not verdict.reserve_no and whole == known
        return (
            tuple({**row, "act": "trade", "value": row["key"]} for row in company.suggestions(sight, whole))
            if refused
            else ()
        )

    held = verdict is not None and bool(verdict.reserve_no)
    state = "checking" if busy else "held" if held else "refused" if verdict else "open"
    return Line(
        "name.trade",
        _NAME,
        s.say("declare_name.trade"),
        known.trade,
        needed=True,
        aside=s.say(f"entry.name.{state}") if known.trade or busy else "",
        typed=Typed(known.trade, give, "pinyin", 32, hint=s.say("declare_name.trade_hint"), look=look),
        options=others,
        take=lambda row: give(str(row["value"])),
    )


def _parts(s: Sight[Desk]) -> tuple[Line, ...]:
    """Industry and form stand proposed; before there is a trade name, what is picked waits for it."""
    known = visit_of(s.state).form.name
    whole = _whole(s, known.trade)
    sight = as_visit(s, _NAME, {name: s.note(name) for name in ("industry", "form") if s.note(name)})
    screen = company.declare_name(sight)
    rows = {
        "industry": screen.lists.get("industries", ()),
        "form": screen.lists.get("forms", ()),
    }

    def take(row: Row) -> Event | None:
        name = company.typed_name(as_visit(s, _NAME, {**sight.notes, "trade": known.trade, **row["notes"]}))
        return ev.NameEntered(name) if known.trade and name != known else None

    def noting(some: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple({**row, "act": "part", "notes": row["sets"], "sets": {}} for row in some)

    return (
        Line(
            "name.industry",
            _NAME,
            s.say("declare_name.industry"),
            whole.industry,
            codes=_NAME_CODES,
            options=lambda: noting(tuple(rows["industry"])),
            take=take,
        ),
        Line(
            "name.form",
            _NAME,
            s.say("declare_name.form"),
            whole.form.value,
            options=lambda: noting(tuple(rows["form"])),
            take=take,
        ),
    )


# --- the scope ---
def scope_lines(s: Sight[Desk]) -> tuple[Line, ...]:
    """Searched by letters, picked by Enter, never typed; each item with its duty, the first is the main business."""
    v = visit_of(s.state)
    text = typed_of(s, "scope") or ""
    sight = as_visit(s, _SCOPE, {"typed": text})
    found = tuple(row for row in company.describe_business(sight).lists["found"] if not row["picked"])

    def take(row: Row) -> Event | None:
        return next((ev.ScopePicked(p) for p in v.scope_found if p.code == row["value"]), None)

    search = Line(
        "scope",
        _SCOPE,
        s.say("entry.scope.find"),
        s.say("entry.scope.count", n=len(v.form.scope)) if v.form.scope else "",
        needed=True,
        codes=frozenset({"scope-missing", "scope-twice", "scope-too-long"}),
        many=True,
        take=take,
        typed=Typed("", lambda _text: None, "pinyin", 30, hint=s.say("entry.scope.hint"), searches=True),
        options=lambda: found,
    )
    return (search, *(_pick(s, n) for n in range(len(v.form.scope))))


def _pick(s: Sight[Desk], n: int) -> Line:
    pick = visit_of(s.state).form.scope[n]
    duty = "" if pick.duty is PermitDuty.NONE else s.say(f"duty.{pick.duty.value}")
    if n == 0:
        duty = s.say("entry.scope.main") if not duty else s.say("describe_business.main", duty=duty)
    drop = choice("drop", s.say("entry.scope.drop"), act="drop", icon="cross")
    tells = (
        (s.say(f"duty.{pick.duty.value}_named", text=pick.duty_text),)
        if duty and pick.duty_text and (pick.duty is not PermitDuty.NONE)
        else ()
    )
    return Line(
        f"scope.{pick.code}",
        _SCOPE,
        s.say("entry.scope.item", n=n + 1),
        pick.name,
        aside=duty,
        codes=frozenset({"scope-pre-permit"}),
        about=pick.code,
        options=lambda: (drop,),
        take=lambda _row: ev.ScopeDropped(pick.code),
        tells=tells,
    )


def scope_typed(text: str) -> Event:
    """The catalogue is looked through with every letter."""
    return ev.ScopeTyped(text.strip()[:30])
