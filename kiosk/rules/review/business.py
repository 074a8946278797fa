"""Purpose, name, scope and domicile: what the business is, and where."""

from datetime import date

from kiosk.code_tables.divisions import division_name, is_selectable, moved_to
from kiosk.domain.case import Domicile, MilitaryUse, OpeningForm
from kiosk.domain.finding import Finding, Severity
from kiosk.domain.identity_card import CertType
from kiosk.domain.item import Item
from kiosk.domain.person import Person, Role
from kiosk.rules import business_scope
from kiosk.rules.company_types import Place, place_of
from kiosk.rules.enterprise_name import NameReason, NameSituation, precheck
from kiosk.rules.limits import limits
from kiosk.rules.name_likeness import KnownName

from .answers import is_phone


def of_purpose(form: OpeningForm, today: date) -> list[Finding]:
    """Company type and items follow from the plain questions; some types are registered elsewhere. An individual
    business is open to citizens, and to those of Hong Kong, Macao and Taiwan (促进个体工商户发展条例 2, 37)."""
    found = []
    if form.company_type is None:
        found.append(Finding("purpose-missing", "purpose"))
    if Item.SETUP not in form.items:
        found.append(Finding("setup-missing", "purpose"))
    if form.company_type is not None and (place := place_of(form.company_type.value)) is not Place.HERE:
        found.append(Finding(f"type-at-{place.value}", "purpose"))
    if form.is_individual and any(one.cert_type is CertType.FOREIGN_RESIDENCE for one in _operators(form)):
        found.append(Finding("operator-foreign", "purpose"))
    return found


def _operators(form: OpeningForm) -> tuple[Person, ...]:
    """经营者: before anybody has the role it is whoever applies."""
    return form.wearing(Role.LEGAL_REP) or tuple(one for one in form.people if one.ref == form.applicant)


def of_name(form: OpeningForm, today: date, known: tuple[KnownName, ...] = ()) -> list[Finding]:
    """Everything that the terminal sees in a name (R15), then the platform's reservation. Once the platform holds the
    name its word counts: only the form, and what does not fit answers given since, is still told. An individual
    business may go without a name (民法典 54)."""
    if form.is_nameless:
        return [Finding("name-left-out", "name")] if form.name.trade else []
    verdict = form.name_verdict
    main = form.scope[0].industry_code if form.scope else ""
    seen = precheck(form.name, NameSituation(form.company_type, form.domicile.division, main, known))
    held = verdict is not None and bool(verdict.reserve_no)
    found = [_of_reason(reason) for reason in seen.reasons if not held or reason.code in _TOLD_OF_A_HELD_NAME]
    if not any(one.severity is Severity.STOP for one in found):
        if verdict is None:
            found.append(Finding("name-not-checked", "name"))
        elif verdict.level == "PROHIBITED":
            found.append(Finding("name-prohibited", "name"))
        elif not verdict.reserve_no:
            found.append(Finding("name-not-reserved", "name"))
        elif verdict.reserved_until is not None and verdict.reserved_until.date() < today:
            found.append(Finding("name-reservation-over", "name"))
    return found


_TOLD_OF_A_HELD_NAME = {
    "name-trade-form", "name-industry-missing", "name-too-long", "name-district-elsewhere", "name-form-type",
    "name-form-individual", "name-industry-scope",
}  # fmt: skip


def _of_reason(reason: NameReason) -> Finding:
    return Finding(reason.code, "name", reason.severity, reason.about)


def of_scope(form: OpeningForm, today: date) -> list[Finding]:
    """At least one picked item, each once, not too long; a permit that comes first is told now, not after."""
    return list(business_scope.check(form.scope))


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
    """Two districts ended in 2025: their addresses are picked anew by street; a third gave and got some."""
    if not home.division:
        return [Finding("domicile-division-missing", "domicile")]
    if not is_selectable(home.division):
        return [Finding("domicile-division-ended", "domicile", about=home.division)]
    moved = moved_to(home.division, home.line)
    return [Finding("domicile-street-moved", "domicile", Severity.WARN, division_name(moved))] if moved else []
