"""A person of one case: entered once, wearing as many hats as needed (人员只填一次，可任多职)."""

import enum
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from .identity_card import CertType
from .ids import BlobId, PersonRef, VerificationId
from .private import Private


class Role(enum.Enum):
    """任职 and other hats in the new company."""

    LEGAL_REP = "legal_rep"  # 法定代表人
    SHAREHOLDER = "shareholder"  # 股东
    DIRECTOR = "director"  # 董事
    SUPERVISOR = "supervisor"  # 监事
    MANAGER = "manager"  # 经理
    FINANCE_OFFICER = "finance_officer"  # 财务负责人
    LIAISON = "liaison"  # 联络员
    TAX_HANDLER = "tax_handler"  # 办税人
    AGENT = "agent"  # 经办人


@dataclass(frozen=True, slots=True, repr=False)
class Person(Private):
    """One person (or shareholder company) of a case; ``subscribed`` is 认缴出资额 in 万元."""

    ref: PersonRef
    name: str
    cert_type: CertType
    cert_no: str
    birth: date | None = None
    card_valid_until: date | None = None
    card_long_term: bool = False
    address: str = ""
    phone: str = ""
    roles: frozenset[Role] = frozenset()
    subscribed: Decimal = field(default=Decimal(0))
    verification_id: VerificationId | None = None
    verified_until: datetime | None = None
    signature: BlobId | None = None
    signed_at: datetime | None = None

    def wears(self, role: Role) -> bool:
        """Whether this person holds that role."""
        return role in self.roles
