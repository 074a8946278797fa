"""The figures of ``limits.toml``, read once. A deployment with another practice changes the file, never a rule."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from kiosk.domain.finding import Severity
from kiosk.domain.person import Role


@dataclass(frozen=True, slots=True)
class Limits:
    """Figures and choices of practice."""

    shareholders: int
    contribution_years: int
    office_years: int
    ask_unit_from: Decimal
    name: int
    address: int
    staff: int
    copies: int
    finance_is_legal_rep: Severity | None
    sign: frozenset[Role]
    verify_too: frozenset[Role]
    special_count: int
    ordinary_count: int
    invoice_tier: int
    fund_rates: tuple[Decimal, Decimal]


@cache
def limits() -> Limits:
    """The figures in force."""
    told = tomllib.loads(files("kiosk.rules").joinpath("limits.toml").read_text("utf-8"))
    company, offices, invoice, fund = told["company"], told["offices"], told["invoice"], told["fund"]
    finance = offices["finance_officer_is_legal_rep"]
    return Limits(
        shareholders=company["shareholders_at_most"],
        contribution_years=company["contribution_years_at_most"],
        office_years=company["office_years_at_most"],
        ask_unit_from=Decimal(company["ask_unit_from_wan"]),
        name=company["name_at_most"],
        address=company["address_at_most"],
        staff=company["staff_at_most"],
        copies=company["copies_at_most"],
        finance_is_legal_rep=None if finance == "off" else Severity(finance),
        sign=frozenset(map(Role, offices["sign"])),
        verify_too=frozenset(map(Role, offices["verify_too"])),
        special_count=invoice["special_count_at_most"],
        ordinary_count=invoice["ordinary_count_at_most"],
        invoice_tier=invoice["tier_at_most"],
        fund_rates=(Decimal(fund["rate_at_least"]), Decimal(fund["rate_at_most"])),
    )
