"""Offices (职务) in the new company, and what an agent (经办人) may do for it."""

import enum
from dataclasses import dataclass
from datetime import date


class Role(enum.Enum):
    """任职 and other hats in the new company."""

    LEGAL_REP = "legal_rep"  # 法定代表人; the operator (经营者) of an individual business
    SHAREHOLDER = "shareholder"  # 股东
    DIRECTOR = "director"  # 董事
    SUPERVISOR = "supervisor"  # 监事
    MANAGER = "manager"  # 经理
    FINANCE_OFFICER = "finance_officer"  # 财务负责人
    LIAISON = "liaison"  # 联络员
    TAX_HANDLER = "tax_handler"  # 办税人
    AGENT = "agent"  # 经办人


class Position(enum.Enum):
    """职务 inside a board."""

    CHAIR = "chair"  # 董事长, 监事会主席
    VICE_CHAIR = "vice_chair"
    MEMBER = "member"


class GenMode(enum.Enum):
    """产生方式."""

    ELECTED = "elected"  # 选举
    APPOINTED = "appointed"  # 委派、任命
    HIRED = "hired"  # 聘任


@dataclass(frozen=True, slots=True)
class Office:
    """How one role is held."""

    role: Role
    position: Position | None = None
    gen_mode: GenMode | None = None
    term_years: int | None = None  # 任期


class AuthorityItem(enum.Enum):
    """委托事项: each is agreed to or not."""

    CHECK_COPIES = "check_copies"  # 核对复印件并签署意见
    CORRECT_PAPERS = "correct_papers"  # 修改自备材料的错误
    CORRECT_FORMS = "correct_forms"  # 修改表格的填写错误
    COLLECT = "collect"  # 领取营业执照和文书


@dataclass(frozen=True, slots=True)
class Authority:
    """An agent's authority: what was agreed, and from when until when."""

    agreed: frozenset[AuthorityItem] = frozenset()
    valid_from: date | None = None
    valid_until: date | None = None
    is_agency: bool | None = None  # 代理机构 must say so
