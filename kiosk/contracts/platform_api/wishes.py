"""What the form says of the items beside the registration, and of shareholders, offices and agents in detail.

Every structure has two forms as in ``form``: read leniently, sent strictly. Names are those of the field.
"""

from typing import Annotated, Literal

from msgspec import Meta

from .base import END, Answered, CertTypeCode, Code, Day, Moment, Money, RefCode, Text16, Text40, Text64, Text200

HolderKindCode = Literal["natural", "enterprise", "other"]
ContributionCode = Literal[
    "cash", "material", "technology", "land", "stock", "other",
    "labour", "credit", "personal_name", "goodwill", "franchise", "pledged",
]  # fmt: skip
InvoiceKindCode = Literal["004", "007", "025", "026", "028", "digital_special", "digital_ordinary"]
TierCode = Literal["1000", "10000", "100000", "1000000", "10000000"]
InsuranceCode = Literal["pension", "unemployment", "injury", "medical", "maternity"]
SealUseCode = Literal["seal_company", "seal_finance", "seal_invoice", "seal_legal_rep", "seal_contract"]
OfficeRoleCode = Literal[
    "legal_rep", "shareholder", "director", "supervisor", "manager", "finance_officer", "liaison", "tax_handler",
    "agent",
]  # fmt: skip
AuthorityCode = Literal["check_copies", "correct_papers", "correct_forms", "collect"]
Country = Annotated[str, Meta(pattern="^[0-9]{3}" + END)]
Figure = Annotated[int, Meta(ge=0, le=99_999_999)]
_SET = {"uniqueItems": True}


class Contribution(Answered, frozen=True, omit_defaults=True):
    """How much of one kind (出资方式), in 万元."""

    kind: ContributionCode
    amount: Money


class ContributionSent(Contribution, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""


class Representative(Answered, frozen=True, omit_defaults=True):
    """Who is verified and signs for a shareholder that is not a person; ``authorised_by``: its legal representative,
    where somebody else signs."""

    name: Text64
    cert_type: CertTypeCode
    cert_no: Text40
    signs_as: Literal["legal_rep", "authorised"] = "legal_rep"
    authorised_by: Text64 = ""


class RepresentativeSent(Representative, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""


class Holding(Answered, frozen=True, omit_defaults=True):
    """One shareholder's part in detail; without contributions all is cash."""

    kind: HolderKindCode | None = None
    country: Country = "156"
    contributions: Annotated[tuple[Contribution, ...], Meta(max_length=12)] = ()
    paid: Money = "0"
    due: Day | None = None
    represented_by: Representative | None = None


class HoldingSent(Holding, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""

    contributions: Annotated[tuple[ContributionSent, ...], Meta(max_length=12)] = ()
    represented_by: RepresentativeSent | None = None


class Office(Answered, frozen=True, omit_defaults=True):
    """How one role is held: 职务, 产生方式, 任期."""

    role: OfficeRoleCode
    position: Literal["chair", "vice_chair", "member"] | None = None
    gen_mode: Literal["elected", "appointed", "hired"] | None = None
    term_years: Annotated[int, Meta(ge=0, le=99)] | None = None


class OfficeSent(Office, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""


class Authority(Answered, frozen=True, omit_defaults=True):
    """What an agent may do, and until when."""

    agreed: Annotated[tuple[AuthorityCode, ...], Meta(max_length=4, extra_json_schema=_SET)] = ()
    valid_from: Day | None = None
    valid_until: Day | None = None
    is_agency: bool | None = None


class AuthoritySent(Authority, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""


class InvoiceRequest(Answered, frozen=True, omit_defaults=True):
    """One kind of invoice that is asked for; the tax office decides."""

    kind: InvoiceKindCode
    tier: TierCode = "10000"
    monthly_count: Figure = 25


class InvoiceRequestSent(InvoiceRequest, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""


class InvoiceWish(Answered, frozen=True, omit_defaults=True):
    """申领发票; ``buyer`` is a person of the form."""

    requests: Annotated[tuple[InvoiceRequest, ...], Meta(max_length=12)] = ()
    buyer: RefCode | None = None
    provider: Text40 = ""
    receive_way: Literal["window", "mail"] | None = None


class InvoiceWishSent(InvoiceWish, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""

    requests: Annotated[tuple[InvoiceRequestSent, ...], Meta(max_length=12)] = ()


class SocialWish(Answered, frozen=True, omit_defaults=True):
    """就业社保登记: everything it needs; ``insured`` are people of the form."""

    handler: RefCode | None = None
    insurance: Annotated[tuple[InsuranceCode, ...], Meta(max_length=5, extra_json_schema=_SET)] = ()
    enrol_staff: bool | None = None
    insured: Annotated[tuple[RefCode, ...], Meta(max_length=60, extra_json_schema=_SET)] = ()


class SocialWishSent(SocialWish, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""


class FundWish(Answered, frozen=True, omit_defaults=True):
    """公积金缴存登记; rates in percent."""

    handler: RefCode | None = None
    pay_day: Annotated[int, Meta(ge=0, le=99)] | None = None
    start_month: Day | None = None
    employer_rate: Money | None = None
    employee_rate: Money | None = None
    headcount: Figure | None = None


class FundWishSent(FundWish, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""


class SealPlan(Answered, frozen=True, omit_defaults=True):
    """刻制印章: the free set, or a shop of the applicant's own choice."""

    way: Literal["free_set", "own_shop"] | None = None
    shop: Text40 = ""
    uses: Annotated[tuple[SealUseCode, ...], Meta(max_length=5, extra_json_schema=_SET)] = ()


class SealPlanSent(SealPlan, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""


class Pickup(Answered, frozen=True, omit_defaults=True):
    """Where the bundle is collected, or to whom it is sent by post (``way`` MAIL)."""

    site_id: Code
    way: Literal["WINDOW", "MAIL"] = "WINDOW"
    recipient: Text64 = ""
    phone: Text16 = ""
    address: Text200 = ""


class PickupSent(Pickup, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""


class BankWish(Answered, frozen=True, omit_defaults=True):
    """The branch and hour somebody wants for the account (银行开户预约); ``contact`` is a person of the form."""

    branch: Code
    slot: Moment
    contact: RefCode


class BankWishSent(BankWish, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""
