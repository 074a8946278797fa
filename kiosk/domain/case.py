"""The opening case (办件): one application of one future company, from the first answer to the signed hand-over."""

import enum
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from .article import Article
from .enterprise import Enterprise
from .ids import CaseId, CaseNo, DivisionCode, HandoverId, PersonRef, ScopeCode, SiteId, SlipCode
from .individual import IndividualBusiness
from .item import Item, ItemProgress
from .material import HeldMaterial
from .person import Person, Role
from .private import Private
from .proof import PersonProof
from .signing import SignerNow
from .wishes import BankWish, FundWish, InvoiceWish, MailAddress, SealPlan, SocialWish


class CaseState(enum.Enum):
    """States of a case; beyond DRAFT and SIGNING only the platform writes them."""

    DRAFT = "DRAFT"
    SIGNING = "SIGNING"
    SUBMITTED = "SUBMITTED"
    RECEIVED = "RECEIVED"
    RETURNED = "RETURNED"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    ACCEPTED = "ACCEPTED"
    IN_REVIEW = "IN_REVIEW"
    SUSPENDED = "SUSPENDED"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"
    PREPARING = "PREPARING"
    READY = "READY"
    PARTLY_COLLECTED = "PARTLY_COLLECTED"
    CLOSED = "CLOSED"
    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"
    TERMINATED = "TERMINATED"


READY_STATES = frozenset({CaseState.READY, CaseState.PARTLY_COLLECTED})  # something lies ready to be handed over


class CaseKind(enum.Enum):
    """What a case is about."""

    OPENING = "opening"
    PHASED = "phased"  # 分时办理: later items of a company that is there


class CompanyType(enum.Enum):
    """企业类型代码 that a district's terminal knows; what it may take of all others, ``rules.company_types`` says."""

    LLC_NATURAL = "1130"  # 有限责任公司(自然人投资或控股)
    LLC_SOLE = "1151"  # 有限责任公司(自然人独资)
    LLC_SOLE_NATURAL_LED = "1152"  # 有限责任公司(自然人投资或控股的法人独资)
    LLC_SOLE_BODY_LED = "1153"  # 有限责任公司(非自然人投资或控股的法人独资)
    LLC_OTHER = "1190"  # 其他有限责任公司
    JOINT_STOCK = "1222"  # 股份有限公司: registered at the city's level
    INDIVIDUAL = "9999"  # 个体工商户

    @property
    def has_capital(self) -> bool:
        """A company with shareholders and capital; an individual business has neither."""
        return self is not CompanyType.INDIVIDUAL


class OrgForm(enum.Enum):
    """组织形式 in the name; which company type carries which, the pack ``name_forms`` says."""

    LTD = "有限公司"
    LIMITED_LIABILITY = "有限责任公司"
    STORE = "店"
    HOUSE = "馆"
    BUSINESS_DEPARTMENT = "经营部"
    STUDIO = "工作室"
    FIRM = "行"
    WORKSHOP = "坊"
    FACTORY = "厂"
    CENTRE = "中心"
    DEPARTMENT = "部"


class NameOrder(enum.Enum):
    """名称组合模式: where the division stands in the name."""

    DISTRICT_FIRST = "1"  # 区划 + 字号 + 行业 + 组织形式
    DISTRICT_SECOND = "2"  # 字号 + (区划) + 行业 + 组织形式
    DISTRICT_THIRD = "3"  # 字号 + 行业 + (区划) + 组织形式


class DomicileGetWay(enum.Enum):
    """取得方式 of the domicile."""

    OWNED = "01"
    RENTED = "02"
    BORROWED = "03"
    SUBLET = "04"
    SUBBORROWED = "05"


class MilitaryUse(enum.Enum):
    """军队房产."""

    NONE = "01"
    PERMIT = "02"  # 军队房产租赁许可证
    OTHER_PROOF = "03"


class PermitDuty(enum.Enum):
    """What a scope item asks beside the registration."""

    NONE = "none"  # 一般事项
    BEFORE = "before"  # 前置许可
    AFTER = "after"  # 后置许可
    NOTICE = "notice"  # 备案


@dataclass(frozen=True, slots=True)
class NameVerdict:
    """What the platform said of a name; never produced offline."""

    level: str  # AVAILABLE, SIMILAR, PROHIBITED
    similar: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    reserve_no: str = ""
    reserved_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class CompanyName:
    """企业名称 in its four parts: 区划 + 字号 + 行业 + 组织形式."""

    district: str = "重庆"
    trade: str = ""
    industry: str = ""
    form: OrgForm = OrgForm.LTD
    order: NameOrder = NameOrder.DISTRICT_FIRST

    @property
    def full(self) -> str:
        """The name as it will stand on the licence; a division inside it stands in full-width brackets."""
        if self.order is NameOrder.DISTRICT_SECOND:
            return f"{self.trade}（{self.district}）{self.industry}{self.form.value}"
        if self.order is NameOrder.DISTRICT_THIRD:
            return f"{self.trade}{self.industry}（{self.district}）{self.form.value}"
        return f"{self.district}{self.trade}{self.industry}{self.form.value}"


@dataclass(frozen=True, slots=True)
class ScopePick:
    """One picked item of the business scope; the first of a case is the main business."""

    code: ScopeCode
    name: str
    duty: PermitDuty = PermitDuty.NONE
    duty_text: str = ""
    industry_code: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Domicile(Private):
    """住所: the division is picked, the line is as on the property paper."""

    division: DivisionCode = DivisionCode("")
    division_name: str = ""
    line: str = ""
    get_way: DomicileGetWay | None = None
    street: str = ""  # 街道、镇
    village: str = ""  # 社区、村
    area_m2: Decimal | None = None
    owner: str = ""  # 房屋所有权人
    owner_phone: str = ""
    military: MilitaryUse | None = None
    military_proof: str = ""  # in words, where it is another proof


@dataclass(frozen=True, slots=True)
class Purpose:
    """The plain questions of choose_purpose, from which company type and items follow."""

    with_partners: bool | None = None
    trade_hint: str = ""  # what kind of shop or service, in the person's words
    licence_first: bool | None = None  # only the licence today, the rest later (分时办理)


@dataclass(frozen=True, slots=True, repr=False)
class OpeningForm(Private):
    """Everything the applicant says, once (一次填报). Incomplete while it is being filled in."""

    purpose: Purpose = Purpose()
    company_type: CompanyType | None = None
    items: tuple[Item, ...] = ()
    name: CompanyName = CompanyName()
    name_verdict: NameVerdict | None = None
    scope: tuple[ScopePick, ...] = ()
    domicile: Domicile = Domicile()
    registered_capital: Decimal | None = None  # 万元
    contribution_years: int = 5
    people: tuple[Person, ...] = ()
    applicant: PersonRef | None = None
    licence_copies: int = 1
    pickup_site: SiteId | None = None
    enterprise: Enterprise = Enterprise()
    invoice: InvoiceWish | None = None
    social: SocialWish | None = None
    fund: FundWish | None = None
    seal_plan: SealPlan | None = None
    bank_appt: BankWish | None = None
    mail: MailAddress | None = None  # by post instead of at the window of ``pickup_site``
    individual: IndividualBusiness = IndividualBusiness()  # of an individual business only

    @property
    def is_individual(self) -> bool:
        """个体工商户: an operator instead of shareholders and a legal representative, no capital, perhaps no name."""
        return self.company_type is CompanyType.INDIVIDUAL

    @property
    def is_nameless(self) -> bool:
        """Whether it was decided that there is no name."""
        return self.is_individual and self.individual.without_name

    @property
    def business_name(self) -> str:
        """The name as far as there is one: empty while none was given, and for a business that goes without."""
        return self.name.full if self.name.trade and not self.is_nameless else ""

    @property
    def holder(self) -> str:
        """In whose name things are issued: the business, or the operator of one that has no name."""
        operators = self.wearing(Role.LEGAL_REP) if self.is_nameless else ()
        return operators[0].name if operators else self.business_name

    def person(self, ref: PersonRef) -> Person | None:
        """The person of that reference, if there is one."""
        return next((p for p in self.people if p.ref == ref), None)

    def wearing(self, role: Role) -> tuple[Person, ...]:
        """Everybody who holds that role, in order of entry."""
        return tuple(p for p in self.people if p.wears(role))


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One change of state, for the citizen's progress page."""

    at: datetime
    what: str  # CASE or an item's code
    state: str
    by: str = ""  # role that acted


@dataclass(frozen=True, slots=True, repr=False)
class OpeningCase(Private):
    """A case as this machine knows it: the form, and the platform's last word on everything else."""

    id: CaseId
    slip_code: SlipCode
    form: OpeningForm = OpeningForm()
    state: CaseState = CaseState.DRAFT
    version: int = 0  # the platform's version; 0 before it has seen the case
    case_no: CaseNo | None = None
    uscc: str = ""
    items: tuple[ItemProgress, ...] = ()
    articles: tuple[Article, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    accepted_at: datetime | None = None
    due_at: datetime | None = None
    open_handover: HandoverId | None = None
    pickup_window: str = ""
    kind: CaseKind = CaseKind.OPENING
    materials: tuple[HeldMaterial, ...] = ()  # papers, those still owed to the platform included
    signers: tuple[SignerNow, ...] = ()  # while there is something to sign
    collection: datetime | None = None  # 预约领取: the hour that was booked, while it can be kept
    proofs: tuple[PersonProof, ...] = ()  # how it was verified who its people are
