"""What the company is called, and what its business is."""

from dataclasses import replace

from kiosk.code_tables.guide_tables import words
from kiosk.domain.case import CompanyName, OrgForm, PermitDuty, ScopePick
from kiosk.domain.finding import Finding, Severity
from kiosk.rules.business_scope import duties, industry_word, main_item
from kiosk.rules.enterprise_name import NameSituation, forms_of
from kiosk.rules.name_likeness import KnownAs, KnownName
from kiosk.rules.name_suggestions import suggest
from kiosk.rules.review import of_name, of_scope
from kiosk.rules.trades import TRADES, industry_words
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Busy, Visit
from ui.viewmodels.findings import finding_banners, finding_words
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Screen, Sight, Touch, choice
from ui.words import catalogue

from .chrome import LATER, back, catalogue_row, fault_row, later, onward


# --- declare_name ---
def declare_name(s: Sight[Visit]) -> Screen:
    """The name in its four parts, checked here for its form and by the platform for everything else. An individual
    business is asked first whether it wants one."""
    v, name = s.state, typed_name(s)
    if _goes_nameless(s):
        return _nameless(s)
    same, verdict = name == v.form.name, v.form.name_verdict
    reserved = same and verdict is not None and bool(verdict.reserve_no)
    refused = same and verdict is not None and not verdict.reserve_no
    told = () if reserved else name_findings(s, name)
    others = suggestions(s, name) if refused else ()
    stopping = tuple(f for f in told if f.severity is Severity.STOP)
    offline = same and v.fault is not None and bool(name.trade)
    check = Action(
        "check", s.say("declare_name.check"), "primary", "search", not stopping and not refused,
        s.say("declare_name.other_name") if refused else _missing(s, [f.code for f in stopping]),
        v.busy is Busy.NAME, s.say("declare_name.checking"),
    )  # fmt: skip
    actions: list[Action] = [onward(s)] if reserved else [check]
    if offline:
        actions = [onward(s, s.say("declare_name.go_on"))]
    return Screen(
        *_asking(s),
        {
            **_LEFT_OUT,
            "leftOut": "",
            "trade": name.trade,
            "full": name.full if name.trade and name.industry else "",
            "preview": s.say("declare_name.preview"),
            "tradeLabel": s.say("declare_name.trade"),
            "tradeHint": s.say("declare_name.trade_hint"),
            "industryLabel": s.say("declare_name.industry"),
            "formLabel": s.say("declare_name.form"),
            "reasons": why_refused(s) if refused else first_look(s, told) if name.trade else "",
            "reasonState": "error" if stopping and name.trade else "",
            "suggestionsLabel": s.say("declare_name.suggestions") if others else "",
            "state": "checked" if reserved else "error" if refused else "",
            "verdict": held_until(s) if reserved else "",
            "similarLabel": s.say("declare_name.similar_names") if refused and verdict and verdict.similar else "",
        },
        {
            "industries": tuple(
                choice(word, word, picked=word == name.industry, sets={"industry": word}) for word in _industries(s)
            ),
            "forms": tuple(
                choice(form.name, form.value, picked=form is name.form, sets={"form": form.value})
                for form in _forms(s)
            ),
            "naming": _naming(s),
            "banners": fault_row(s, s.say("declare_name.check_again") if offline else "", "retry"),
            "similar": tuple(choice(n, n) for n in verdict.similar) if refused and verdict else (),
            "suggestions": others,
        },
        (*actions, back(s), later(s)),
        LATER,
    )


_LEFT_OUT = dict.fromkeys(
    (
        "trade", "full", "preview", "tradeLabel", "tradeHint", "industryLabel", "formLabel", "reasons", "reasonState",
        "suggestionsLabel", "state", "verdict", "similarLabel",
    ),
    "",
)  # fmt: skip


def _nameless(s: Sight[Visit]) -> Screen:
    """No name: nothing is asked, and it is said what that means."""
    text = s.say("chrome.back_to_check" if s.state.changing else "chrome.next")
    return Screen(
        *_asking(s),
        {**_LEFT_OUT, "leftOut": s.say("declare_name.left_out")},
        {"naming": _naming(s), "banners": ()},
        (Action("nameless", text, "primary", "arrow-right"), back(s), later(s)),
        LATER,
    )


def _asking(s: Sight[Visit]) -> tuple[str, str]:
    own = "_individual" if s.state.form.is_individual else ""
    return s.say(f"declare_name.title{own}"), s.say(f"declare_name.lead{own}")


def _goes_nameless(s: Sight[Visit]) -> bool:
    form = s.state.form
    return form.is_individual and s.note("naming", "without" if form.is_nameless else "with") == "without"


def _naming(s: Sight[Visit]) -> tuple[Row, ...]:
    """With a name or without one, where that may be chosen."""
    if not s.state.form.is_individual:
        return ()
    without = _goes_nameless(s)
    return tuple(
        choice(key, s.say(f"declare_name.{key}"), picked=without is (key == "without"), sets={"naming": key})
        for key in ("with", "without")
    )


def _forms(s: Sight[Visit]) -> tuple[OrgForm, ...]:
    kind = s.state.form.company_type
    return forms_of(kind) if kind is not None else ()


def name_findings(s: Sight[Visit], name: CompanyName) -> tuple[Finding, ...]:
    """What the terminal sees by itself, with the name that the platform refused in this visit to compare with."""
    v = s.state
    individual = replace(v.form.individual, without_name=False)
    form = replace(v.form, name=name, name_verdict=None, individual=individual)
    return tuple(f for f in of_name(form, v.now.date(), _refused(v)) if f.code != "name-not-checked")


def _refused(v: Visit) -> tuple[KnownName, ...]:
    verdict = v.form.name_verdict
    return (KnownName(v.form.name, KnownAs.REFUSED),) if verdict is not None and not verdict.reserve_no else ()


def first_look(s: Sight[Visit], told: tuple[Finding, ...]) -> str:
    """Every reason in one sentence each, and that this is only a first look."""
    said = [finding_words(f, s.state.form, s.words)[0] for f in told]
    stop = "。" if s.words.language == "zh" else "."
    return s.joined(*(f"{one}{stop}" for one in said), s.say("declare_name.preliminary")) if said else ""


def suggestions(s: Sight[Visit], name: CompanyName) -> tuple[Row, ...]:
    """Other trade names that pass the pre-check; a tap puts one into the field."""
    v = s.state
    situation = NameSituation(v.form.company_type, v.form.domicile.division, known=_refused(v))
    found = (one.trade for one in suggest(name, situation, name.full, 12)
             if one == replace(name, trade=one.trade))  # fmt: skip
    return tuple(choice(trade, trade, sets={"trade": trade}) for trade in list(found)[:4])


def typed_name(s: Sight[Visit]) -> CompanyName:
    known = s.state.form.name
    form = next((f for f in _forms(s) if f.value == s.note("form")), known.form)
    industry = s.note("industry", known.industry) or _industries(s)[0]
    return replace(known, trade=s.note("trade", known.trade).strip(), industry=industry, form=form)


def _industries(s: Sight[Visit]) -> tuple[str, ...]:
    """Words of trade for the name: from what the person said the business is."""
    form = s.state.form
    main = main_item(form.scope)
    words = industry_words(form.purpose.trade_hint)
    if main is not None and industry_word(main) not in words:  # who comes back to the name has picked a business
        words = (*words[:3], industry_word(main))
    return words if not form.name.industry or form.name.industry in words else (form.name.industry, *words[:3])


def _missing(s: Sight[Visit], codes: list[str]) -> str:
    if codes and codes[0] == "name-too-long":
        return s.say("declare_name.too_long")
    unfinished = not codes or {"name-trade-form", "name-industry-missing"} & set(codes)
    return s.say("declare_name.missing_trade" if unfinished else "declare_name.other_name")


def held_until(s: Sight[Visit]) -> str:
    """The name is free, and until when it is held."""
    verdict = s.state.form.name_verdict
    until = verdict.reserved_until if verdict else None
    todo = s.say("declare_name.reserved_until", at=s.moment(until)) if until else s.say("declare_name.reserved")
    return s.joined(s.say("declare_name.free"), todo)


def why_refused(s: Sight[Visit]) -> str:
    """Why the platform does not give the name, said once: our words for its keys, else what it says itself; then what
    to do."""
    verdict = s.state.form.name_verdict
    key = "prohibited" if verdict and verdict.level == "PROHIBITED" else "similar"
    told = [_reason(s, one) for one in verdict.reasons] if verdict else []
    said = [one for one in dict.fromkeys(told) if one] or [s.say(f"declare_name.{key}")]
    return s.joined(*said, s.say(f"declare_name.{key}_todo"))


def _reason(s: Sight[Visit], told: str) -> str:
    """A platform that gives no key has written a sentence, in Chinese; a key that we do not know says nothing."""
    if f"declare_name.reason.{told}" in catalogue():
        return s.say(f"declare_name.reason.{told}")
    sentence = s.words.language == "zh" and not told.isascii()
    return f"{told.rstrip('。')}。" if sentence else ""


def name_event(touch: Touch[Visit]) -> Event | None:
    """查一查: the form is checked here first, so that the platform is only asked what only it can say. Or no name."""
    if touch.name == "nameless":
        return ev.NameLeftOut() if _goes_nameless(touch.sight) else None
    wanted = typed_name(touch.sight)
    return ev.NameEntered(wanted) if touch.name == "check" and wanted.trade else None


# --- describe_business ---
def describe_business(s: Sight[Visit]) -> Screen:
    """Pick, never type: search by everyday words, hanzi, pinyin or initials; permit duty under each item."""
    v = s.state
    picked = {p.code: n for n, p in enumerate(v.form.scope)}
    typed = s.note("typed", v.scope_typed)
    rows = tuple(_scope_row(s, pick, picked.get(pick.code), typed) for pick in v.scope_found)
    mine = tuple(_scope_row(s, pick, n, "") for n, pick in enumerate(v.form.scope) if pick not in v.scope_found)
    count = len(picked)
    text = s.say("describe_business.next", n=count) if not v.changing else ""
    wrong = tuple(f for f in of_scope(v.form, v.now.date()) if f.code != "scope-missing")
    missing = s.say("describe_business.pre_permit" if wrong else "describe_business.missing")
    return Screen(
        s.say("describe_business.title"),
        s.say(_scope_lead(v)),
        {
            "typed": typed,
            "hint": s.say("describe_business.hint"),
            "placeholder": s.say("describe_business.placeholder"),
            "empty": s.say("describe_business.nothing") if typed and not rows else "",
        },
        {
            "found": rows if typed else (*mine, *rows),
            "trades": () if typed or mine or rows or v.form.purpose.trade_hint else _trades(s),
            "banners": (*catalogue_row(s), *finding_banners(wrong, v.form, s.words), *fault_row(s)),
        },
        (onward(s, text, enabled=count > 0 and not wrong, missing=missing), back(s), later(s)),
        LATER,
    )


def _scope_lead(v: Visit) -> str:
    """What the permits of the picked items mean, the one that comes first first; it stands where the list does not
    move when it changes."""
    asked = duties(v.form.scope)
    return f"describe_business.duty.{asked[0].pick.duty.value}" if asked else "describe_business.lead"


def _trades(s: Sight[Visit]) -> tuple[Row, ...]:
    """Where nobody said yet what kind of business it is: the kinds as people name them, each begins a search."""
    return tuple(
        choice(key, words(f"answer.kind.{key}", s.words.language), act="type", value=trade.hint,
               sets={"typed": trade.hint})
        for key, trade in TRADES.items()
        if trade.hint
    )  # fmt: skip


_DUTY_STATES = {PermitDuty.NONE: "ok", PermitDuty.BEFORE: "duty", PermitDuty.AFTER: "duty", PermitDuty.NOTICE: "duty"}


def _scope_row(s: Sight[Visit], pick: ScopePick, at: int | None, typed: str) -> Row:
    duty = s.say(f"duty.{pick.duty.value}")
    if pick.duty_text and pick.duty is not PermitDuty.NONE:
        duty = s.say(f"duty.{pick.duty.value}_named", text=pick.duty_text)
    if at == 0:
        duty = s.say("describe_business.main", duty=duty)
    start = pick.name.find(typed) if typed else -1
    row = choice(
        pick.code, pick.name, duty, picked=at is not None, act="pick" if at is None else "drop", value=pick.code,
        state=_DUTY_STATES[pick.duty],
    )  # fmt: skip
    return {**row, "hitStart": max(start, 0), "hitLength": len(typed) if start >= 0 else 0}


def scope_event(touch: Touch[Visit]) -> Event | None:
    """Search, pick, put back."""
    v = touch.sight.state
    if touch.name == "type" and isinstance(touch.payload, str):
        return ev.ScopeTyped(touch.text.strip()[:30])
    if touch.name == "drop":
        return next((ev.ScopeDropped(p.code) for p in v.form.scope if p.code == touch.text), None)
    if touch.name == "pick":
        return next((ev.ScopePicked(p) for p in v.scope_found if p.code == touch.text), None)
    return None
