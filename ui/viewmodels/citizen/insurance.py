"""Social insurance and housing fund in one step (R65–R68): who is insured, in what, who handles it, and the fund."""

from dataclasses import replace
from decimal import Decimal

from kiosk.domain.item import Item
from kiosk.domain.wishes import FundWish, Insurance, SocialWish
from kiosk.rules import proposals
from kiosk.rules.limits import limits
from kiosk.rules.wish_facts import percent
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Visit
from kiosk.workflow.wishes import fund_alone, fund_now, has_staff, insurance_agreed, may_have, social_now
from ui.viewmodels.page import Row
from ui.viewmodels.sight import Screen, Sight, Touch

from . import wish_page as page

_STEP = "employment_insurance"
_DAYS = (5, 10, 15, 20, 25, 28)
_MOST_HEADS = 9999


def employment_insurance(s: Sight[Visit]) -> Screen:
    """What is proposed, or the one thing that is being chosen."""
    part, social, fund = s.note("edit"), social_now(s.state), fund_now(s.state)
    if part.startswith("fund"):
        return _fund_part(s, part, fund)
    if part in ("insured", "insurance"):
        options = (_insured if part == "insured" else _insurances)(s, social)
        return page.choosing(s, f"{_STEP}.{part}", options=options, done=True)
    if part == "handler":
        picked = frozenset({social.handler} if social.handler else ())
        return page.choosing(s, f"{_STEP}.handler", options=page.persons(s, "handler", picked))
    if fund_alone(s.state) and fund is not None:
        return page.listing(s, f"{_STEP}.alone", insurance_agreed, answers=_fund_answers(s, fund))
    told = page.fact(s, "once", f"{_STEP}.once")
    return page.listing(s, _STEP, insurance_agreed, answers=_proposed(s, social, fund), facts=(told,))


def _proposed(s: Sight[Visit], social: SocialWish, fund: FundWish | None) -> tuple[Row, ...]:
    plain = proposals.social(s.state.form, has_staff=has_staff(s.state))
    usual = (social.insured, social.enrol_staff) == (plain.insured, plain.enrol_staff)
    people = page.answer(s, f"{_STEP}.insured", _who(s, social), _origin(usual, bool(social.insured)), "people")
    kinds = s.listed([s.say(f"insurance.{one.value}") for one in Insurance if one in social.insurance])
    if social.insurance == frozenset(Insurance):
        kinds = s.say("insurance.all")
    whole = "proposed" if social.insurance == proposals.INSURANCES else "own"
    insured = page.answer(s, f"{_STEP}.insurance", kinds or s.say("wish.none"), whole, "shield-check")
    paid = may_have(s.state, Item.FUND)
    handler = "people" if social.handler == plain.handler else "own"
    return (
        people,
        *((insured,) if social.insured or social.enrol_staff else ()),
        page.answer(s, f"{_STEP}.handler", page.named(s, social.handler), handler, "person"),
        *((page.answer(s, f"{_STEP}.fund", _fund_words(s, fund), _fund_origin(s, fund), "house"),) if paid else ()),
    )


def _origin(usual: bool, people: bool) -> str:
    return ("people" if people else "known") if usual else "own"


def _who(s: Sight[Visit], social: SocialWish) -> str:
    named = [page.named(s, ref) for ref in social.insured]
    if social.enrol_staff:
        named.append(s.say(f"{_STEP}.by_list"))
    return s.listed(named) or s.say(f"{_STEP}.nobody")


def _insured(s: Sight[Visit], social: SocialWish) -> tuple[Row, ...]:
    others = page.pick(
        "list", s.say(f"{_STEP}.others"), s.say(f"{_STEP}.others_why"), picked=bool(social.enrol_staff), act="staff",
        value="list", to=None,
    )  # fmt: skip
    return (*page.persons(s, "insured", frozenset(social.insured), to=None), others)


def _insurances(s: Sight[Visit], social: SocialWish) -> tuple[Row, ...]:
    return tuple(
        page.pick(
            one.value, s.say(f"insurance.{one.value}"), s.say(f"insurance.{one.value}_why"),
            picked=one in social.insurance, act="insurance", value=one.value, to=None,
        )
        for one in Insurance
    )  # fmt: skip


# --- the fund ---
def _fund_words(s: Sight[Visit], fund: FundWish | None) -> str:
    if fund is None:
        return s.say(f"{_STEP}.fund.none")
    rate, count = percent(fund.employer_rate), str(fund.headcount or 0)
    return s.say(f"{_STEP}.fund.value", rate=rate, count=count)


def _fund_origin(s: Sight[Visit], fund: FundWish | None) -> str:
    plain = proposals.fund(s.state.now.date(), social_now(s.state)) if has_staff(s.state) else None
    return "proposed" if fund == plain else "own"


def _fund_part(s: Sight[Visit], part: str, fund: FundWish | None) -> Screen:
    if fund is not None and part in ("fund_rate", "fund_day", "fund_month"):
        tiles = {"fund_rate": _rates, "fund_day": _days, "fund_month": _months}[part](s, fund)
        return page.choosing(s, f"{_STEP}.{part}", tiles=tiles, to=_back_to(s))
    if fund is not None and part == "fund_heads":
        typed = s.note("typed", str(fund.headcount or ""))
        return page.typing(
            s, f"{_STEP}.fund_heads", typed, act="heads", good=_heads(typed) is not None, kind="digits", most=4,
            to=_back_to(s),
        )  # fmt: skip
    options = tuple(
        page.pick(
            one, s.say(f"{_STEP}.fund.{one}"), s.say(f"{_STEP}.fund.{one}_why"), picked=(fund is not None) is wanted,
            act="fund", value=one, to=None,
        )
        for one, wanted in (("now", True), ("later", False))
    )  # fmt: skip
    answers = () if fund is None else _fund_answers(s, fund)
    return page.choosing(s, f"{_STEP}.fund", options=options, answers=answers, done=True)


def _back_to(s: Sight[Visit]) -> str:
    """Where a choice about the fund was reached from."""
    return "" if fund_alone(s.state) else "fund"


def _fund_answers(s: Sight[Visit], fund: FundWish) -> tuple[Row, ...]:
    start = fund.start_month
    month = _month(s, start.year, start.month) if start else s.say("wish.none")
    return (
        page.answer(s, f"{_STEP}.fund_rate", f"{percent(fund.employer_rate)}%", icon="house"),
        page.answer(s, f"{_STEP}.fund_day", s.say(f"{_STEP}.day", n=fund.pay_day), icon="calendar"),
        page.answer(s, f"{_STEP}.fund_month", month, icon="calendar"),
        page.answer(s, f"{_STEP}.fund_heads", s.say(f"{_STEP}.heads", n=fund.headcount), icon="people"),
    )


def _rates(s: Sight[Visit], fund: FundWish) -> tuple[Row, ...]:
    least, most = limits().fund_rates
    return tuple(
        page.pick(str(n), f"{n}%", picked=fund.employer_rate == n, act="rate", value=str(n), to=_back_to(s))
        for n in range(int(least), int(most) + 1)
    )


def _days(s: Sight[Visit], fund: FundWish) -> tuple[Row, ...]:
    return tuple(
        page.pick(
            str(n), s.say(f"{_STEP}.day", n=n), picked=fund.pay_day == n, act="day", value=str(n), to=_back_to(s)
        )
        for n in _DAYS
    )  # fmt: skip


def _months(s: Sight[Visit], fund: FundWish) -> tuple[Row, ...]:
    return tuple(
        page.pick(
            one.isoformat(), _month(s, one.year, one.month), picked=fund.start_month == one, act="month",
            value=one.isoformat(), to=_back_to(s),
        )
        for one in proposals.months_from(s.state.now.date())
    )  # fmt: skip


def _month(s: Sight[Visit], year: int, month: int) -> str:
    return s.say(f"{_STEP}.month", year=year, month=f"{month:02d}")


def _heads(typed: str) -> int | None:
    count = int(typed) if typed.isascii() and typed.isdigit() else 0
    return count if 1 <= count <= _MOST_HEADS else None


def event(touch: Touch[Visit]) -> Event | None:
    """One choice; everything else stays as it stands on the page."""
    s = touch.sight
    social, fund = social_now(s.state), fund_now(s.state)
    if (changed := _social(touch, social)) is not None:
        return ev.InsuranceWished(changed, fund)
    if touch.name == "fund":
        proposed = proposals.fund(s.state.now.date(), social)
        return ev.InsuranceWished(social, None if touch.text == "later" else fund or proposed)
    if fund is not None and (other := _fund(touch, fund)) is not None:
        return ev.InsuranceWished(social, other)
    return None


def _social(touch: Touch[Visit], social: SocialWish) -> SocialWish | None:
    s, ref = touch.sight, page.ref_of(touch.sight, touch.text)
    if touch.name == "handler" and ref is not None:
        return replace(social, handler=ref)
    if touch.name == "insured" and ref is not None:
        wanted = {*social.insured} ^ {ref}
        order = tuple(one.ref for one in proposals.natural(s.state.form) if one.ref in wanted)
        return _insuring(replace(social, insured=order))
    if touch.name == "staff":
        return _insuring(replace(social, enrol_staff=not social.enrol_staff))
    kind = next((one for one in Insurance if one.value == touch.text), None)
    return replace(social, insurance=social.insurance ^ {kind}) if touch.name == "insurance" and kind else None


def _insuring(social: SocialWish) -> SocialWish:
    """Whoever insures the first person insures in everything; with nobody left there is nothing to be insured in."""
    if not social.insured and not social.enrol_staff:
        return replace(social, insurance=frozenset())
    return social if social.insurance else replace(social, insurance=proposals.INSURANCES)


def _fund(touch: Touch[Visit], fund: FundWish) -> FundWish | None:
    s, text = touch.sight, touch.text
    if touch.name == "heads":
        heads = _heads(s.note("typed", str(fund.headcount or "")))
        return replace(fund, headcount=heads) if heads else None
    if touch.name == "rate" and text in {row["value"] for row in _rates(s, fund)}:
        return replace(fund, employer_rate=Decimal(text), employee_rate=Decimal(text))
    if touch.name == "day" and text in {str(n) for n in _DAYS}:
        return replace(fund, pay_day=int(text))
    if touch.name == "month":
        months = {one.isoformat(): one for one in proposals.months_from(s.state.now.date())}
        return replace(fund, start_month=months[text]) if text in months else None
    return None
