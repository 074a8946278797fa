"""The one form: domain ⇄ wire."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TypeVar, cast

import msgspec

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import wishes
from kiosk.contracts.platform_api.form import IndividualSent
from kiosk.domain.case import (
    CompanyName,
    CompanyType,
    Domicile,
    DomicileGetWay,
    MilitaryUse,
    NameOrder,
    NameVerdict,
    OpeningForm,
    OrgForm,
    PermitDuty,
    Purpose,
    ScopePick,
)
from kiosk.domain.enterprise import (
    AccountingMethod,
    AccountingSystem,
    EffectiveMonth,
    Enterprise,
    ServiceAddress,
    TaxFacts,
    TaxpayerKind,
    TermKind,
)
from kiosk.domain.holding import Holding
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import BlobId, DivisionCode, PersonRef, ScopeCode, SiteId, VerificationId
from kiosk.domain.individual import IndividualBusiness
from kiosk.domain.item import Item
from kiosk.domain.money import wan, wan_text
from kiosk.domain.office import Authority, Office
from kiosk.domain.person import Person, Role
from kiosk.domain.plain import from_plain, to_plain
from kiosk.domain.wishes import BankWish, FundWish, InvoiceWish, MailAddress, SealPlan, SocialWish

from .reading import read

E = TypeVar("E", bound=Enum)
S = TypeVar("S", bound=msgspec.Struct)
D = TypeVar("D")


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
        pickup=_pickup(form),
        bank_appt=_as(wishes.BankWishSent, form.bank_appt),
        invoice=_as(wishes.InvoiceWishSent, form.invoice),
        social=_as(wishes.SocialWishSent, form.social),
        fund=_as(wishes.FundWishSent, form.fund),
        seal_plan=_as(wishes.SealPlanSent, form.seal_plan),
        individual=None if form.individual == IndividualBusiness() else _as(IndividualSent, form.individual),
        edition=api.FORM_EDITION,
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
            NameOrder(fields.name_order),
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
            street=fields.domicile_street,
            village=fields.domicile_village,
            area_m2=None if fields.domicile_area_m2 is None else wan(fields.domicile_area_m2),
            owner=fields.domicile_owner,
            owner_phone=fields.owner_phone,
            military=_member(MilitaryUse, fields.domicile_military),
            military_proof=fields.domicile_military_proof,
        ),
        registered_capital=None if fields.registered_capital is None else wan(fields.registered_capital),
        contribution_years=fields.contribution_years,
        people=tuple(_received_person(person) for person in form.people),
        applicant=None if form.applicant is None else PersonRef(form.applicant),
        licence_copies=fields.licence_copies,
        pickup_site=None if form.pickup is None else SiteId(form.pickup.site_id),
        enterprise=received_enterprise(fields),
        invoice=_from(InvoiceWish, form.invoice),
        social=_from(SocialWish, form.social),
        fund=_from(FundWish, form.fund),
        seal_plan=_from(SealPlan, form.seal_plan),
        bank_appt=_from(BankWish, form.bank_appt),
        mail=_mail(form.pickup),
        individual=_from(IndividualBusiness, form.individual) or IndividualBusiness(),
    )


class _Kept(msgspec.Struct):
    """A draft, or a whole case: whatever has a form."""

    form: api.Form


class _Edition(msgspec.Struct):
    edition: int = 1


class _Said(msgspec.Struct):
    form: _Edition


def form_of(kept: bytes) -> OpeningForm | None:
    """The form inside a draft that was made here. Of one of a newer edition: what this edition knows of it."""
    return read(_Kept, lambda draft: received(draft.form), kept)


def is_newer(kept: bytes) -> bool:
    """Whether the form of a draft or case holds answers that this program would lose by saving it."""
    said = read(_Said, lambda one: one.form.edition, kept)
    return said is not None and said > api.FORM_EDITION


def same_form(one: OpeningForm, other: OpeningForm) -> bool:
    """Whether two forms say the same; the order in which a platform lists things it keeps as sets does not matter."""
    return sent(one) == sent(other)


def _fields(form: OpeningForm) -> api.FieldsSent:
    capital, home, facts = form.registered_capital, form.domicile, form.enterprise
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
        name_order=form.name.order.value,
        domicile_street=home.street,
        domicile_village=home.village,
        domicile_area_m2=None if home.area_m2 is None else wan_text(home.area_m2),
        domicile_owner=home.owner,
        owner_phone=home.owner_phone,
        domicile_military=None if home.military is None else home.military.value,
        domicile_military_proof=home.military_proof,
        biz_address=facts.biz_address,
        legal_doc_address=facts.service.postal,
        e_mail=facts.service.email,
        e_fax=facts.service.fax,
        e_messenger=facts.service.messenger,
        contact_phone=facts.contact_phone,
        post_code=facts.post_code,
        operate_term_type=None if facts.term is None else facts.term.value,
        operate_term_years=facts.term_years,
        staff_num=facts.staff_num,
        e_licence=facts.e_licence,
        without_supervisor=facts.without_supervisor,
        accounting_method=None if facts.tax.method is None else facts.tax.method.value,
        accounting_system=None if facts.tax.system is None else facts.tax.system.value,
        taxpayer_kind=None if facts.tax.taxpayer is None else facts.tax.taxpayer.value,
        general_effective=None if facts.tax.general_effective is None else facts.tax.general_effective.value,
        sound_accounting=facts.tax.sound_accounting,
    )


def _pickup(form: OpeningForm) -> api.PickupSent | None:
    if form.pickup_site is None:
        return None
    if form.mail is None:
        return api.PickupSent(site_id=form.pickup_site)
    to = form.mail
    return api.PickupSent(form.pickup_site, "MAIL", to.recipient, to.phone, to.address)


def _mail(pickup: api.Pickup | None) -> MailAddress | None:
    if pickup is None or pickup.way != "MAIL":
        return None
    return MailAddress(pickup.recipient, pickup.phone, pickup.address)


def _as(kind: type[S], value: object) -> S | None:
    """A group of answers whose names are the contract's, sent; amounts in the contract's shortest form."""
    return None if value is None else msgspec.convert(to_plain(value), kind)


def _from(kind: type[D], said: msgspec.Struct | None) -> D | None:
    return None if said is None else from_plain(kind, msgspec.to_builtins(said))


def received_enterprise(fields: api.Fields) -> Enterprise:
    """What the single answers say of the enterprise."""
    return Enterprise(
        biz_address=fields.biz_address,
        service=ServiceAddress(fields.legal_doc_address, fields.e_mail, fields.e_fax, fields.e_messenger),
        contact_phone=fields.contact_phone,
        post_code=fields.post_code,
        term=_member(TermKind, fields.operate_term_type),
        term_years=fields.operate_term_years,
        staff_num=fields.staff_num,
        e_licence=fields.e_licence,
        without_supervisor=fields.without_supervisor,
        tax=TaxFacts(
            _member(AccountingMethod, fields.accounting_method),
            _member(AccountingSystem, fields.accounting_system),
            _member(TaxpayerKind, fields.taxpayer_kind),
            _member(EffectiveMonth, fields.general_effective),
            fields.sound_accounting,
        ),
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
        holding=_as(wishes.HoldingSent, person.holding),
        offices=tuple(msgspec.convert(to_plain(one), wishes.OfficeSent) for one in person.offices),
        authority=_as(wishes.AuthoritySent, person.authority),
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
        holding=_from(Holding, person.holding),
        offices=tuple(from_plain(Office, msgspec.to_builtins(one)) for one in person.offices),
        authority=_from(Authority, person.authority),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _member(kind: type[E], value: str | None) -> E | None:
    return next((member for member in kind if member.value == value), None)
