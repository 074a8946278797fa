"""What the register, the statistics and the tax office ask about the future enterprise (企业) beside name, scope,
domicile and people. Empty and None mean: not asked yet."""

import enum
from dataclasses import dataclass

from .private import Private


class TermKind(enum.Enum):
    """经营期限: filed only, it does not stand on the licence."""

    LONG = "long"  # 长期
    YEARS = "years"


class AccountingMethod(enum.Enum):
    """核算方式."""

    INDEPENDENT = "independent"  # 独立核算
    DEPENDENT = "dependent"  # 非独立核算


class AccountingSystem(enum.Enum):
    """适用会计制度."""

    SMALL_ENTERPRISE = "small_enterprise"  # 小企业会计准则
    ENTERPRISE = "enterprise"  # 企业会计准则


class TaxpayerKind(enum.Enum):
    """增值税纳税人类型."""

    GENERAL = "general"  # 一般纳税人
    SMALL_SCALE = "small_scale"  # 小规模纳税人


class EffectiveMonth(enum.Enum):
    """From which month somebody is a general taxpayer (一般纳税人生效之日)."""

    THIS = "this"
    NEXT = "next"


@dataclass(frozen=True, slots=True, repr=False)
class ServiceAddress(Private):
    """法律文书送达地址 with the electronic ones; who names one of these agrees to electronic service (电子送达)."""

    postal: str = ""
    email: str = ""
    fax: str = ""
    messenger: str = ""

    @property
    def is_electronic(self) -> bool:
        """Whether at least one electronic address is named."""
        return any(one.strip() for one in (self.email, self.fax, self.messenger))


@dataclass(frozen=True, slots=True)
class TaxFacts:
    """What the tax office takes from the one form (R58): asked once, never again at its own counter."""

    method: AccountingMethod | None = None
    system: AccountingSystem | None = None
    taxpayer: TaxpayerKind | None = None
    general_effective: EffectiveMonth | None = None
    sound_accounting: bool | None = None  # 会计核算是否健全


@dataclass(frozen=True, slots=True, repr=False)
class Enterprise(Private):
    """Facts of the future enterprise."""

    biz_address: str = ""  # 生产经营地, only where it is not the domicile
    service: ServiceAddress = ServiceAddress()
    contact_phone: str = ""
    post_code: str = ""
    term: TermKind | None = None
    term_years: int | None = None
    staff_num: int | None = None  # 从业人数
    e_licence: bool | None = None  # 申领电子营业执照
    without_supervisor: bool | None = None  # 全体股东一致同意不设监事
    tax: TaxFacts = TaxFacts()
