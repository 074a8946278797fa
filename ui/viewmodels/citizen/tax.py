"""Invoices and what the tax office wants to know once (R58, R61): kinds, limits, who buys, which taxpayer."""

from dataclasses import replace

from kiosk.domain.enterprise import EffectiveMonth, TaxFacts, TaxpayerKind
from kiosk.domain.item import InvoiceMode
from kiosk.domain.wishes import AmountTier, InvoiceWish
from kiosk.rules import proposals
from kiosk.rules.wish_facts import invoice_kind
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Visit
from kiosk.workflow.wishes import invoice_agreed, invoice_now, tax_now
from ui.viewmodels.page import Row
from ui.viewmodels.sight import Screen, Sight, Touch

from . import wish_page as page

_STEP = "tax_and_invoice"
_TAXPAYERS: dict[str, tuple[TaxpayerKind, EffectiveMonth | None]] = {
    "small_scale": (TaxpayerKind.SMALL_SCALE, None),
    "general_this": (TaxpayerKind.GENERAL, EffectiveMonth.THIS),
    "general_next": (TaxpayerKind.GENERAL, EffectiveMonth.NEXT),
}


def tax_and_invoice(s: Sight[Visit]) -> Screen:
    """What is proposed, or the one thing that is being chosen."""
    part = s.note("edit")
    options = {"kinds": _kinds, "tier": _tiers, "count": _counts, "buyer": _buyers, "taxpayer": _taxpayers}
    if part in options:
        return page.choosing(s, f"{_STEP}.{part}", options=options[part](s))
    wish, tax = invoice_now(s.state), tax_now(s.state)
    plain = proposals.invoice(replace(s.state.form, invoice=None), s.state.offers.invoice_mode)
    buyer = "people" if wish.buyer == plain.buyer else "own"
    paid = _taxpayer(tax)
    later = s.state.later
    told = later is not None and later.tax.taxpayer is not None  # the tax office knows it from before
    taxpayer = page.answer(
        s, f"{_STEP}.taxpayer", s.say(f"{_STEP}.taxpayer.{paid}"), "proposed" if paid == "small_scale" else "own",
        "tax-device",
    )  # fmt: skip
    answers = (
        *_requested(s, wish, "proposed" if plain.requests == wish.requests else "own"),
        page.answer(s, f"{_STEP}.buyer", page.named(s, wish.buyer), buyer, "person"),
        *(() if told else (taxpayer,)),
    )
    return page.listing(s, _STEP, invoice_agreed, answers=answers, facts=(_told(s, wish),))


def _requested(s: Sight[Visit], wish: InvoiceWish, origin: str) -> tuple[Row, ...]:
    """The kinds, and the limits of those that have any."""
    if not wish.requests:
        return ()
    first, named = wish.requests[0], s.say(f"{_STEP}.kinds.{invoice_kind(wish)}")
    kinds = page.answer(s, f"{_STEP}.kinds", named, origin, "receipt")
    if _is_digital(wish):
        return (kinds,)
    return (
        kinds,
        page.answer(s, f"{_STEP}.tier", s.say(f"{_STEP}.tier.{first.tier.value}"), origin, "receipt"),
        page.answer(s, f"{_STEP}.count", s.say(f"{_STEP}.count.value", n=first.monthly_count), origin, "calendar"),
    )


def _told(s: Sight[Visit], wish: InvoiceWish) -> Row:
    """How the tax office gives them out, as far as it has said."""
    mode = s.state.offers.invoice_mode
    if mode is None and not wish.requests:
        return page.fact(s, "mode", f"{_STEP}.mode.unknown", "clock")
    if mode is InvoiceMode.DIGITAL or _is_digital(wish):
        return page.fact(s, "mode", f"{_STEP}.mode.digital")
    return page.fact(s, "mode", f"{_STEP}.mode.device")


def _is_digital(wish: InvoiceWish) -> bool:
    return invoice_kind(wish).startswith("digital")


def _taxpayer(tax: TaxFacts) -> str:
    if tax.taxpayer is not TaxpayerKind.GENERAL:
        return "small_scale"
    return "general_this" if tax.general_effective is EffectiveMonth.THIS else "general_next"


def _kinds(s: Sight[Visit]) -> tuple[Row, ...]:
    v, rows = s.state, []
    now = tuple(one.kind for one in invoice_now(v).requests)
    for n, kinds in enumerate(proposals.kinds_to_choose(v.form, v.offers.invoice_mode)):
        named = invoice_kind(InvoiceWish(proposals.requests(kinds, AmountTier.TEN_THOUSAND, 25)))
        text, why = s.say(f"{_STEP}.kinds.{named}"), s.say(f"{_STEP}.kinds.{named}_why")
        rows.append(page.pick(named, text, why, picked=kinds == now, act="kinds", value=str(n)))
    return tuple(rows)


def _tiers(s: Sight[Visit]) -> tuple[Row, ...]:
    now = {one.tier for one in invoice_now(s.state).requests}
    return tuple(
        page.pick(one.value, s.say(f"{_STEP}.tier.{one.value}"), picked=one in now, act="tier", value=one.value)
        for one in proposals.tiers_to_choose()
    )


def _counts(s: Sight[Visit]) -> tuple[Row, ...]:
    requests = invoice_now(s.state).requests
    now = {one.monthly_count for one in requests}
    return tuple(
        page.pick(str(n), s.say(f"{_STEP}.count.value", n=n), picked=n in now, act="count", value=str(n))
        for n in proposals.counts_to_choose(tuple(one.kind for one in requests))
    )


def _buyers(s: Sight[Visit]) -> tuple[Row, ...]:
    buyer = invoice_now(s.state).buyer
    return page.persons(s, "buyer", frozenset({buyer} if buyer else ()))


def _taxpayers(s: Sight[Visit]) -> tuple[Row, ...]:
    now = _taxpayer(tax_now(s.state))
    return tuple(
        page.pick(
            one, s.say(f"{_STEP}.taxpayer.{one}"), s.say(f"{_STEP}.taxpayer.{one}_why"), picked=one == now,
            act="taxpayer", value=one,
        )
        for one in _TAXPAYERS
    )  # fmt: skip


def event(touch: Touch[Visit]) -> Event | None:
    """One choice; everything else stays as it stands on the page."""
    v = touch.sight.state
    wish, tax = invoice_now(v), tax_now(v)
    changed = _changed(touch, wish)
    if changed is not None:
        return ev.InvoiceWished(changed, tax)
    if touch.name == "taxpayer" and touch.text in _TAXPAYERS:
        kind, month = _TAXPAYERS[touch.text]
        return ev.InvoiceWished(wish, replace(tax, taxpayer=kind, general_effective=month))
    return None


def _changed(touch: Touch[Visit], wish: InvoiceWish) -> InvoiceWish | None:
    v, first = touch.sight.state, next(iter(wish.requests), None)
    if touch.name == "buyer" and (ref := page.ref_of(touch.sight, touch.text)) is not None:
        return replace(wish, buyer=ref)
    if first is None:
        return None
    kinds = tuple(one.kind for one in wish.requests)
    tier, count = first.tier, max(one.monthly_count for one in wish.requests)
    if touch.name == "kinds":
        offered = {str(n): one for n, one in enumerate(proposals.kinds_to_choose(v.form, v.offers.invoice_mode))}
        kinds = offered.get(touch.text, kinds)
    elif touch.name == "tier":
        tier = next((one for one in proposals.tiers_to_choose() if one.value == touch.text), tier)
    elif touch.name == "count":
        count = next((n for n in proposals.counts_to_choose(kinds) if str(n) == touch.text), count)
    else:
        return None
    return replace(wish, requests=proposals.requests(kinds, tier, count))
