"""Purpose, name, scope and domicile: what the business is, and where."""

import re
from datetime import date

from kiosk.code_tables.divisions import current_divisions
from kiosk.domain.case import Domicile, MilitaryUse, OpeningForm, PermitDuty
from kiosk.domain.finding import Finding
from kiosk.domain.item import Item
from kiosk.rules.company_types import Place, place_of
from kiosk.rules.limits import limits

from .answers import is_phone

_TRADE = re.compile(r"[㐀-䶿一-鿿]{2,}")
_HANZI = re.compile(r"[㐀-䶿一-鿿（）]*")


def of_purpose(form: OpeningForm, today: date) -> list[Finding]:
    """Company type and items follow from the plain questions; some types are registered elsewhere."""
    if form.company_type is None:
        return [Finding("purpose-missing", "purpose")]
    found = []
    if Item.SETUP not in form.items:
        found.append(Finding("setup-missing", "purpose"))
    if (place := place_of(form.company_type.value)) is not Place.HERE:
        found.append(Finding(f"type-at-{place.value}", "purpose"))
    return found


def of_name(form: OpeningForm, today: date) -> list[Finding]:
    """At least two Chinese characters of 字号, an industry word, and the platform's reservation."""
    found = []
    if not _TRADE.fullmatch(form.name.trade):
        found.append(Finding("name-trade-form", "name"))
    if not form.name.industry or not _HANZI.fullmatch(form.name.industry):
        found.append(Finding("name-industry-missing", "name"))
    if len(form.name.full) > limits().name:
        found.append(Finding("name-too-long", "name"))
    if not found:
        verdict = form.name_verdict
        if verdict is None:
            found.append(Finding("name-not-checked", "name"))
        elif verdict.level == "PROHIBITED":
            found.append(Finding("name-prohibited", "name"))
        elif not verdict.reserve_no:
            found.append(Finding("name-not-reserved", "name"))
        elif verdict.reserved_until is not None and verdict.reserved_until.date() < today:
            found.append(Finding("name-reservation-over", "name"))
    return found


def of_scope(form: OpeningForm, today: date) -> list[Finding]:
    """At least one picked item, each once; what needs a permit before registration is told now, not after."""
    if not form.scope:
        return [Finding("scope-missing", "scope")]
    codes = [pick.code for pick in form.scope]
    found = [Finding("scope-twice", "scope")] if len(set(codes)) < len(codes) else []
    if any(pick.duty is PermitDuty.BEFORE for pick in form.scope):
        found.append(Finding("scope-pre-permit", "scope"))
    return found


def of_domicile(form: OpeningForm, today: date) -> list[Finding]:
    """A picked division, the line as on the paper, and how the place was got."""
    home = form.domicile
    found = _division(home)
    line = home.line.strip()
    if len(line) < 4:
        found.append(Finding("domicile-line-missing", "domicile"))
    elif len(line) > limits().address:
        found.append(Finding("domicile-line-too-long", "domicile"))
    if home.get_way is None:
        found.append(Finding("domicile-way-missing", "domicile"))
    if home.area_m2 is not None and home.area_m2 <= 0:
        found.append(Finding("domicile-area", "domicile"))
    if home.owner_phone and not is_phone(home.owner_phone):
        found.append(Finding("owner-phone-form", "domicile"))
    if home.military is MilitaryUse.OTHER_PROOF and not home.military_proof.strip():
        found.append(Finding("military-proof-missing", "domicile"))
    return found


def _division(home: Domicile) -> list[Finding]:
    """Two districts ended in 2025: their addresses are picked anew by street, some went to another neighbour."""
    if not home.division:
        return [Finding("domicile-division-missing", "domicile")]
    if home.division not in {one.code for one in current_divisions()}:
        return [Finding("domicile-division-ended", "domicile", about=home.division)]
    return []
