"""Seals (R74): the district's free set is proposed; which ones, and by whom, is the applicant's."""

from dataclasses import replace

from kiosk.code_tables.seals import SealKind, free_set, seal_kinds
from kiosk.domain.article import SealUse
from kiosk.domain.wishes import SealPlan, SealWay
from kiosk.rules.proposals import seals as proposed
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Visit
from kiosk.workflow.wishes import seals_agreed, seals_now
from ui.viewmodels.page import Row
from ui.viewmodels.sight import Screen, Sight, Touch

from . import wish_page as page

_SHOP_LEAST, _SHOP_MOST = 2, 40


def seals(s: Sight[Visit]) -> Screen:
    """The set and the engraver, or the one of them that is being chosen."""
    plan, part = seals_now(s.state), s.note("edit")
    if part == "uses":
        return page.choosing(s, "seals.uses", options=_uses(s, plan), done=True)
    if part == "way":
        return page.choosing(s, "seals.way", options=_ways(s, plan))
    if part == "shop":
        typed = s.note("typed", plan.shop)
        good = _SHOP_LEAST <= len(typed.strip()) <= _SHOP_MOST
        return page.typing(s, "seals.shop", typed, act="shop", good=good, most=_SHOP_MOST, to="")
    origin = "proposed" if plan == proposed() else "own"
    named = _sentence(s.listed([_name(s, kind) for kind in seal_kinds() if kind.use in plan.uses])) or s.say(
        "seals.none"
    )
    maker = plan.shop if plan.way is SealWay.OWN_SHOP and plan.shop else s.say(f"seals.way.{_way(plan).value}")
    answers = (
        page.answer(s, "seals.uses", _sentence(named) or s.say("seals.none"), origin, "stamp"),
        page.answer(s, "seals.way", maker, origin, "shop"),
    )
    when = page.fact(s, "when", "seals.when")
    lead = "lead" if s.state.later is None else "lead_later"
    return page.listing(s, "seals", seals_agreed, answers=answers, facts=(when,), lead=lead)


def _way(plan: SealPlan) -> SealWay:
    return plan.way or SealWay.FREE_SET


def _name(s: Sight[Visit], kind: SealKind) -> str:
    return kind.name if s.words.language == "zh" else kind.name_en


def _sentence(words: str) -> str:
    """The tables name things as a dictionary does; a line of its own begins with a capital."""
    return words[:1].upper() + words[1:]


def _uses(s: Sight[Visit], plan: SealPlan) -> tuple[Row, ...]:
    free = {kind.use for kind in free_set()} if _way(plan) is SealWay.FREE_SET else set[SealUse]()
    rows = []
    for kind in seal_kinds():
        use, name = kind.use.value, _name(s, kind)
        told = _looks(s, kind) + " · " + s.say("seals.free" if kind.use in free else "seals.paid")
        picked = kind.use in plan.uses
        rows.append(page.pick(use, _sentence(name), told, picked=picked, act="use", value=use, to=None))
    return tuple(rows)


def _looks(s: Sight[Visit], kind: SealKind) -> str:
    """Shape and size; the material is the engraver's question."""
    wide, high = kind.width_mm, kind.height_mm
    return s.say(f"seals.shape.{kind.shape.value}", size=f"{wide}" if wide == high else f"{wide} × {high}")


def _ways(s: Sight[Visit], plan: SealPlan) -> tuple[Row, ...]:
    free, own = SealWay.FREE_SET, SealWay.OWN_SHOP
    return (
        page.pick(
            free.value, s.say("seals.way.free_set"), s.say("seals.way.free_set_why"), picked=_way(plan) is free,
            act="way", value=free.value,
        ),
        page.pick(
            own.value, s.say("seals.way.own_shop"), s.say("seals.way.own_shop_why"), picked=_way(plan) is own,
            act="", value=own.value, to="shop",
        ),
    )  # fmt: skip


def event(touch: Touch[Visit]) -> Event | None:
    """One seal more or less, the free set, or a shop of one's own by its name."""
    s = touch.sight
    plan = seals_now(s.state)
    if touch.name == "use":
        use = next((one for one in SealUse if one.value == touch.text), None)
        return ev.SealsWished(replace(plan, uses=plan.uses ^ {use})) if use else None
    if touch.name == "way" and touch.text == SealWay.FREE_SET.value:
        return ev.SealsWished(replace(plan, way=SealWay.FREE_SET, shop=""))
    if touch.name == "shop":
        shop = s.note("typed", plan.shop).strip()
        good = _SHOP_LEAST <= len(shop) <= _SHOP_MOST
        return ev.SealsWished(replace(plan, way=SealWay.OWN_SHOP, shop=shop)) if good else None
    return None
