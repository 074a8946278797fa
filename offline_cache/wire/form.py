"""The one form: domain ⇄ wire."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TypeVar, cast

import msgspec

from kiosk.contracts import platform_api as api
from kiosk.domain.case import (
    CompanyName,
    CompanyType,
    Domicile,
    DomicileGetWay,
    NameVerdict,
    OpeningForm,
    OrgForm,
    PermitDuty,
    Purpose,
    ScopePick,
)
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import BlobId, DivisionCode, PersonRef, ScopeCode, SiteId, VerificationId
from kiosk.domain.item import Item
from kiosk.domain.money import wan, wan_text
from kiosk.domain.person import Person, Role

E = TypeVar("E", bound=Enum)


def sent(form: OpeningForm) -> api.FormSent:
    """The form as it is sent."""
    verdict = form.name_verdict
    return api.FormSent(
        items=tuple(item.value for item in form.items),
        purpose=api.PurposeSent(
            with_partners=form.purpose.with_partners,
            trade_hint=form.purpose.trade_hint,
            licence_first=form.purpose.licence_first,
        ),
        fields=_fields(form),
        name_verdict=None
        if verdict is None
        else api.NameVerdictSent(
            level=cast(api.LevelCode, verdict.level),
            similar=verdict.similar,
            reasons=verdict.reasons,
            reserve_no=verdict.reserve_no,
            reserved_until=verdict.reserved_until,
        ),
        business_scope=tuple(
            api.ScopeLineSent(
                code=pick.code,
                name=pick.name,
                duty=pick.duty.value,
                duty_text=pick.duty_text,
                industry_code=pick.industry_code,
            )
            for pick in form.scope
        ),
        people=tuple(_person(person) for person in form.people),
        applicant=form.applicant,
        pickup=None if form.pickup_site is None else api.PickupSent(site_id=form.pickup_site),
    )


def received(form: api.Form) -> OpeningForm:
    """The form as the platform has it; items and roles that this terminal does not know are left out."""
    fields, verdict = form.fields, form.name_verdict
    items = {item.value: item for item in Item}
    return OpeningForm(
        purpose=Purpose(form.purpose.with_partners, form.purpose.trade_hint, form.purpose.licence_first),
        company_type=_member(CompanyType, fields.company_type),
        items=tuple(items[code] for code in form.items if code in items),
        name=CompanyName(
            fields.name_district,
            fields.name_trade,
            fields.name_industry,
            _member(OrgForm, fields.name_org_form) or OrgForm.LTD,
        ),
        name_verdict=None
        if verdict is None
        else NameVerdict(verdict.level, verdict.similar, verdict.reasons, verdict.reserve_no, verdict.reserved_until),
        scope=tuple(
            ScopePick(ScopeCode(line.code), line.name, PermitDuty(line.duty), line.duty_text, line.industry_code)
            for line in form.business_scope
        ),
        domicile=Domicile(
            division=DivisionCode(fields.domicile_division),
            division_name=fields.domicile_division_name,
            line=fields.domicile_address,
            get_way=_member(DomicileGetWay, fields.domicile_get_way),
        ),
        registered_capital=None if fields.registered_capital is None else wan(fields.registered_capital),
        contribution_years=fields.contribution_years,
        people=tuple(_received_person(person) for person in form.people),
        applicant=None if form.applicant is None else PersonRef(form.applicant),
        licence_copies=fields.licence_copies,
        pickup_site=None if form.pickup is None else SiteId(form.pickup.site_id),
    )


def form_of(draft: bytes) -> OpeningForm | None:
    """The form inside a draft that was made here."""
    try:
        return received(msgspec.json.decode(draft, type=api.Draft).form)
    except (msgspec.DecodeError, ValueError):
        return None


def same_form(one: OpeningForm, other: OpeningForm) -> bool:
    """Whether two forms say the same; the order in which a platform lists things it keeps as sets does not matter."""
    return sent(one) == sent(other)


def _fields(form: OpeningForm) -> api.FieldsSent:
    capital, home = form.registered_capital, form.domicile
    return api.FieldsSent(
        name_district=form.name.district,
        name_trade=form.name.trade,
        name_industry=form.name.industry,
        name_org_form=form.name.form.value,
        company_type=None if form.company_type is None else form.company_type.value,
        domicile_division=home.division,
        domicile_division_name=home.division_name,
        domicile_address=home.line,
        domicile_get_way=None if home.get_way is None else home.get_way.value,
        registered_capital=None if capital is None else wan_text(capital),
        contribution_years=form.contribution_years,
        licence_copies=form.licence_copies,
    )


def _person(person: Person) -> api.PersonSent:
    return api.PersonSent(
        ref=person.ref,
        name=person.name,
        cert_type=person.cert_type.value,
        cert_no=person.cert_no,
        birth=None if person.birth is None else person.birth.isoformat(),
        card_valid_until=None if person.card_valid_until is None else person.card_valid_until.isoformat(),
        card_long_term=person.card_long_term,
        address=person.address,
        phone=person.phone,
        roles=tuple(role.value for role in Role if role in person.roles),
        subscribed=wan_text(person.subscribed),
        verification_id=person.verification_id,
        verified_until=person.verified_until,
        signature_blob=person.signature,
        signed_at=person.signed_at,
    )


def _received_person(person: api.PersonForm) -> Person:
    return Person(
        ref=PersonRef(person.ref),
        name=person.name,
        cert_type=CertType(person.cert_type),
        cert_no=person.cert_no,
        birth=_day(person.birth),
        card_valid_until=_day(person.card_valid_until),
        card_long_term=person.card_long_term,
        address=person.address,
        phone=person.phone,
        roles=frozenset(Role(role) for role in person.roles),
        subscribed=wan(person.subscribed) or Decimal(0),
        verification_id=None if person.verification_id is None else VerificationId(person.verification_id),
        verified_until=person.verified_until,
        signature=None if person.signature_blob is None else BlobId(person.signature_blob),
        signed_at=person.signed_at,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _member(kind: type[E], value: str | None) -> E | None:
    return next((member for member in kind if member.value == value), None)
