"""What only an individual business (个体工商户) is asked: whether it has a name, and who of the family runs it."""

import enum
from dataclasses import dataclass

from .identity_card import CertType
from .private import Private


class Composition(enum.Enum):
    """组成形式 as it stands on the licence; it decides whose property answers for the debts (民法典 第五十六条)."""

    PERSONAL = "personal"  # 个人经营
    FAMILY = "family"  # 家庭经营


@dataclass(frozen=True, slots=True, repr=False)
class FamilyMember(Private):
    """参加经营的家庭成员: filed beside the operator (备案); neither verified nor asked to sign."""

    name: str
    cert_type: CertType
    cert_no: str


@dataclass(frozen=True, slots=True, repr=False)
class IndividualBusiness(Private):
    """The answers of an individual business. ``without_name``: it goes by its operator (民法典 第五十四条)."""

    without_name: bool = False
    composition: Composition | None = None
    family: tuple[FamilyMember, ...] = ()
