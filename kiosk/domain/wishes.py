"""What the applicant wants of the items beside the registration (R3, R11): asked once, on the same form.

A wish that is None was not asked yet.
"""

import enum
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from .article import SealUse
from .ids import PersonRef
from .private import Private


class InvoiceKind(enum.Enum):
    """发票种类, by type code; the digital ones have words."""

    PAPER_SPECIAL = "004"  # 增值税专用发票
    PAPER_ORDINARY = "007"  # 增值税普通发票
    ROLL = "025"  # 卷式普通发票
    ELECTRONIC_ORDINARY = "026"
    ELECTRONIC_SPECIAL = "028"
    DIGITAL_SPECIAL = "digital_special"  # 数电专票
    DIGITAL_ORDINARY = "digital_ordinary"  # 数电普票


class AmountTier(enum.Enum):
    """最高开票限额 of one invoice, in 元."""

    THOUSAND = "1000"
    TEN_THOUSAND = "10000"
    HUNDRED_THOUSAND = "100000"
    MILLION = "1000000"
    TEN_MILLION = "10000000"


class ReceiveWay(enum.Enum):
    """领取方式 of invoices and devices."""

    WINDOW = "window"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class InvoiceRequest:
    """One kind of invoice; the tax office decides (R61)."""

    kind: InvoiceKind
    tier: AmountTier = AmountTier.TEN_THOUSAND
    monthly_count: int = 25


@dataclass(frozen=True, slots=True)
class InvoiceWish:
    """申领发票; ``provider`` is the code of the device's provider (税控服务厂商)."""

    requests: tuple[InvoiceRequest, ...] = ()
    buyer: PersonRef | None = None  # 购票人
    provider: str = ""
    receive_way: ReceiveWay | None = None


class Insurance(enum.Enum):
    """参加险种."""

    PENSION = "pension"  # 养老
    UNEMPLOYMENT = "unemployment"  # 失业
    INJURY = "injury"  # 工伤
    MEDICAL = "medical"  # 医疗
    MATERNITY = "maternity"  # 生育


@dataclass(frozen=True, slots=True)
class SocialWish:
    """就业社保登记: everything it needs, so that nothing is asked later (R68). ``insured`` are people of the form;
    others of the staff come with a list (``enrol_staff``)."""

    handler: PersonRef | None = None  # 社保经办人
    insurance: frozenset[Insurance] = frozenset()
    enrol_staff: bool | None = None  # 同时员工参保
    insured: tuple[PersonRef, ...] = ()  # 参保人


@dataclass(frozen=True, slots=True)
class FundWish:
    """公积金缴存登记; rates in percent."""

    handler: PersonRef | None = None
    pay_day: int | None = None  # 发薪日
    start_month: date | None = None  # 启缴年月, the first of the month
    employer_rate: Decimal | None = None
    employee_rate: Decimal | None = None
    headcount: int | None = None


class SealWay(enum.Enum):
    """Who engraves: the free set, or a shop of the applicant's own choice (R74)."""

    FREE_SET = "free_set"
    OWN_SHOP = "own_shop"


@dataclass(frozen=True, slots=True)
class SealPlan:
    """刻制印章. ``shop`` is the code of the engraver (刻制单位)."""

    way: SealWay | None = None
    shop: str = ""
    uses: frozenset[SealUse] = frozenset()


@dataclass(frozen=True, slots=True)
class BankWish:
    """银行开户预约: branch and hour, and who of the people is the contact (R30)."""

    branch: str
    slot: datetime
    contact: PersonRef


@dataclass(frozen=True, slots=True, repr=False)
class MailAddress(Private):
    """To whom the bundle is sent, instead of being collected (R22)."""

    recipient: str = ""
    phone: str = ""
    address: str = ""
