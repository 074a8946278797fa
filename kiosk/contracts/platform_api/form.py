"""The one form: what comes back is read leniently, what is sent is the same and strict."""

from typing import Annotated, Literal

from msgspec import Meta

from .base import (
    Answered,
    CertTypeCode,
    Code,
    CompanyTypeText,
    Day,
    DivisionText,
    ItemCode,
    Moment,
    Money,
    RefCode,
    Sent,
    Sha256,
    Slip,
    Text16,
    Text40,
    Text64,
    Text200,
    Text512,
    Ulid,
)  # fmt: skip
from .wishes import (
    Authority,
    AuthoritySent,
    BankWish,
    BankWishSent,
    Figure,
    FundWish,
    FundWishSent,
    Holding,
    HoldingSent,
    InvoiceWish,
    InvoiceWishSent,
    Office,
    OfficeSent,
    Pickup,
    PickupSent,
    SealPlan,
    SealPlanSent,
    SocialWish,
    SocialWishSent,
)  # fmt: skip

FORM_EDITION = 4
"""Raised with every answer that a form can newly hold: whoever knows fewer editions would lose it by saving the form,
and must leave such a form as it is. Forms that do not say their edition are of the first."""

LevelCode = Literal["AVAILABLE", "SIMILAR", "PROHIBITED"]
KindCode = Literal["opening", "phased"]
DutyCode = Literal["none", "before", "after", "notice"]
RoleCode = Literal[
    "legal_rep", "shareholder", "director", "supervisor", "manager", "finance_officer", "liaison", "tax_handler",
    "agent",
]  # fmt: skip
Roles = Annotated[tuple[RoleCode, ...], Meta(max_length=9, extra_json_schema={"uniqueItems": True})]


class Purpose(Answered, frozen=True, omit_defaults=True):
    """The plain questions at the beginning."""

    with_partners: bool | None = None
    trade_hint: Text64 = ""
    licence_first: bool | None = None


class PurposeSent(Purpose, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""


class NameVerdictForm(Answered, frozen=True, omit_defaults=True):
    """The verdict as the terminal heard it; the platform's own reservation decides."""

    level: LevelCode
    similar: Annotated[tuple[Text64, ...], Meta(max_length=20)] = ()
    reasons: Annotated[tuple[Text200, ...], Meta(max_length=20)] = ()
    reserve_no: Text40 = ""
    reserved_until: Moment | None = None


class NameVerdictSent(NameVerdictForm, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""


class Fields(Answered, frozen=True, omit_defaults=True):
    """Single answers of the form, under their names of the field."""

    name_district: Text16 = ""
    name_trade: Text40 = ""
    name_industry: Text40 = ""
    name_org_form: Text16 = ""
    company_type: CompanyTypeText | None = None
    domicile_division: DivisionText = ""
    domicile_division_name: Text40 = ""
    domicile_address: Text200 = ""
    domicile_get_way: Literal["01", "02", "03", "04", "05"] | None = None
    registered_capital: Money | None = None
    contribution_years: Annotated[int, Meta(ge=0, le=99)] = 5
    licence_copies: Annotated[int, Meta(ge=1, le=99)] = 1
    name_order: Literal["1", "2", "3"] = "1"
    domicile_street: Text40 = ""
    domicile_village: Text40 = ""
    domicile_area_m2: Money | None = None
    domicile_owner: Text64 = ""
    owner_phone: Text40 = ""
    domicile_military: Literal["01", "02", "03"] | None = None
    domicile_military_proof: Text200 = ""
    biz_address: Text200 = ""
    legal_doc_address: Text512 = ""
    e_mail: Text200 = ""
    e_fax: Text40 = ""
    e_messenger: Text64 = ""
    contact_phone: Text40 = ""
    post_code: Text16 = ""
    operate_term_type: Literal["long", "years"] | None = None
    operate_term_years: Figure | None = None
    staff_num: Figure | None = None
    e_licence: bool | None = None
    without_supervisor: bool | None = None
    accounting_method: Literal["independent", "dependent"] | None = None
    accounting_system: Literal["small_enterprise", "enterprise"] | None = None
    taxpayer_kind: Literal["general", "small_scale"] | None = None
    general_effective: Literal["this", "next"] | None = None
    sound_accounting: bool | None = None


class FieldsSent(Fields, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""


class ScopeLine(Answered, frozen=True, omit_defaults=True):
    """One picked item of the business scope; the first is the main business."""

    code: Code
    name: Text64 = ""
    duty: DutyCode = "none"
    duty_text: Text200 = ""
    industry_code: Text16 = ""


class ScopeLineSent(ScopeLine, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""


class PersonForm(Answered, frozen=True, omit_defaults=True):
    """One person of the case, with every hat; ``subscribed`` in 万元."""

    ref: RefCode
    name: Text64
    cert_type: CertTypeCode
    cert_no: Text40
    birth: Day | None = None
    card_valid_until: Day | None = None
    card_long_term: bool = False
    address: Text200 = ""
    phone: Text16 = ""
    roles: Roles = ()
    subscribed: Money = "0"
    verification_id: Ulid | None = None
    verified_until: Moment | None = None
    signature_blob: Sha256 | None = None
    signed_at: Moment | None = None
    holding: Holding | None = None
    offices: Annotated[tuple[Office, ...], Meta(max_length=9)] = ()
    authority: Authority | None = None


class PersonSent(PersonForm, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""

    holding: HoldingSent | None = None
    offices: Annotated[tuple[OfficeSent, ...], Meta(max_length=9)] = ()
    authority: AuthoritySent | None = None


class FamilyMember(Answered, frozen=True, omit_defaults=True):
    """参加经营的家庭成员 of an individual business; filed, neither verified nor asked to sign."""

    name: Text64
    cert_type: CertTypeCode
    cert_no: Text40


class FamilyMemberSent(FamilyMember, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""


class Individual(Answered, frozen=True, omit_defaults=True):
    """What only an individual business (个体工商户, company type 9999) says. ``without_name``: it goes by the name of
    its operator, who has the role ``legal_rep``; the parts of the name are empty then."""

    without_name: bool = False
    composition: Literal["personal", "family"] | None = None
    family: Annotated[tuple[FamilyMember, ...], Meta(max_length=20)] = ()


class IndividualSent(Individual, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""

    family: Annotated[tuple[FamilyMemberSent, ...], Meta(max_length=20)] = ()


class Form(Answered, frozen=True, omit_defaults=True):
    """One form for all items (一次填报); incomplete while it is being filled in. ``edition``: of what it can say."""

    items: Annotated[tuple[ItemCode, ...], Meta(max_length=12, extra_json_schema={"uniqueItems": True})] = ()
    purpose: Purpose = Purpose()
    fields: Fields = Fields()
    name_verdict: NameVerdictForm | None = None
    business_scope: Annotated[tuple[ScopeLine, ...], Meta(max_length=60)] = ()
    people: Annotated[tuple[PersonForm, ...], Meta(max_length=60)] = ()
    applicant: RefCode | None = None
    pickup: Pickup | None = None
    bank_appt: BankWish | None = None
    invoice: InvoiceWish | None = None
    social: SocialWish | None = None
    fund: FundWish | None = None
    seal_plan: SealPlan | None = None
    individual: Individual | None = None
    edition: Annotated[int, Meta(ge=1, le=9999)] = 1


class FormSent(Form, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""

    purpose: PurposeSent = PurposeSent()
    fields: FieldsSent = FieldsSent()
    name_verdict: NameVerdictSent | None = None
    business_scope: Annotated[tuple[ScopeLineSent, ...], Meta(max_length=60)] = ()
    people: Annotated[tuple[PersonSent, ...], Meta(max_length=60)] = ()
    pickup: PickupSent | None = None
    bank_appt: BankWishSent | None = None
    invoice: InvoiceWishSent | None = None
    social: SocialWishSent | None = None
    fund: FundWishSent | None = None
    seal_plan: SealPlanSent | None = None
    individual: IndividualSent | None = None


class Draft(Sent, frozen=True):
    """The form as it is now, under the slip code of its first terminal. ``previous_case_id``: the ended case that is
    taken up again. A draft of kind ``phased`` is begun by startPhasedCase and only kept on here."""

    slip_code: Slip
    form: FormSent
    kind: KindCode = "opening"
    previous_case_id: Ulid | None = None
