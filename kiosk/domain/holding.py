"""What a shareholder (股东) brings and until when: 出资方式, 实缴, 出资期限."""

import enum
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .identity_card import CertType
from .private import Private

CHINA = "156"  # ISO 3166 numeric


class HolderKind(enum.Enum):
    """股东类型."""

    NATURAL = "natural"  # 自然人
    ENTERPRISE = "enterprise"  # 企业法人
    OTHER = "other"  # 其他, as a rural collective or a public institution


class ContributionKind(enum.Enum):
    """出资方式; the second group may not be brought, and is here so that it can be said."""

    CASH = "cash"  # 货币
    MATERIAL = "material"  # 实物
    TECHNOLOGY = "technology"  # 知识产权
    LAND = "land"  # 土地使用权
    STOCK = "stock"  # 股权
    OTHER = "other"

    LABOUR = "labour"  # 劳务
    CREDIT = "credit"  # 信用
    PERSONAL_NAME = "personal_name"  # 自然人姓名
    GOODWILL = "goodwill"  # 商誉
    FRANCHISE = "franchise"  # 特许经营权
    PLEDGED = "pledged"  # 设定担保的财产

    @property
    def is_forbidden(self) -> bool:
        """市场主体登记管理条例 13: what has no price of its own, or belongs to a creditor first."""
        return self in _FORBIDDEN


_FORBIDDEN = frozenset(
    {
        ContributionKind.LABOUR, ContributionKind.CREDIT, ContributionKind.PERSONAL_NAME, ContributionKind.GOODWILL,
        ContributionKind.FRANCHISE, ContributionKind.PLEDGED,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contribution:
    """How much of one kind, in 万元."""

    kind: ContributionKind
    amount: Decimal


class SignsAs(enum.Enum):
    """By what right somebody signs for a company."""

    LEGAL_REP = "legal_rep"  # 法定代表人
    AUTHORISED = "authorised"  # 被授权人, by a written authority of the legal representative (授权委托书)


@dataclass(frozen=True, slots=True, repr=False)
class Representative(Private):
    """Who acts for a shareholder that is not a person (签字代表): is verified and signs for it."""

    name: str
    cert_type: CertType
    cert_no: str
    signs_as: SignsAs = SignsAs.LEGAL_REP
    authorised_by: str = ""  # 法定代表人 who gave the authority; empty where that is who signs


@dataclass(frozen=True, slots=True, repr=False)
class Holding(Private):
    """One shareholder's part. Without ``contributions`` everything that was subscribed is cash."""

    kind: HolderKind | None = None
    country: str = CHINA
    contributions: tuple[Contribution, ...] = ()
    paid: Decimal = Decimal(0)  # 实缴
    due: date | None = None  # 出资期限; without one the years agreed for all hold
    represented_by: Representative | None = None
