"""Invoice kinds (票种), tiers of the most one may say (最高开票限额), and what a new taxpayer gets first."""

import enum
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kiosk.domain.item import InvoiceMode

from .shipped import pack


class InvoiceForm(enum.Enum):
    """What an invoice is on."""

    PAPER = "paper"
    ROLL = "roll"  # 卷式
    ELECTRONIC = "electronic"  # made with a tax-control device
    DIGITAL = "digital"  # 数电


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier; ``most`` in 万元."""

    code: str
    name: str
    name_en: str
    most: Decimal


@dataclass(frozen=True, slots=True)
class InvoiceKind:
    """One kind. ``first_most`` (万元 on one invoice) and ``first_monthly`` (invoices a month) bind a new taxpayer;
    None where the platform sets a quota in money instead (赋额)."""

    code: str
    name: str
    name_en: str
    special: bool  # 专用发票
    form: InvoiceForm
    mode: InvoiceMode
    code_digits: tuple[int, ...]
    number_digits: int
    first_most: Decimal | None
    first_monthly: int | None

    @property
    def handed_over(self) -> bool:
        """Whether there is something on paper to fetch."""
        return self.form in (InvoiceForm.PAPER, InvoiceForm.ROLL)


@cache
def tiers() -> tuple[Tier, ...]:
    """Every tier, the smallest first."""
    rows = (Tier(r["code"], r["name"], r["name_en"], Decimal(r["max_wan"])) for r in pack("invoice_tiers").rows)
    return tuple(sorted(rows, key=lambda tier: tier.most))


@cache
def invoice_kinds() -> dict[str, InvoiceKind]:
    """Every kind by its code."""
    return {
        r["code"]: InvoiceKind(
            r["code"], r["name"], r["name_en"], r["value"] == "special", InvoiceForm(r["form"]),
            InvoiceMode(r["mode"]), tuple(int(n) for n in r["code_digits"].split()), int(r["number_digits"]),
            Decimal(r["first_max_wan"]) if r["first_max_wan"] else None,
            int(r["first_monthly"]) if r["first_monthly"] else None,
        )
        for r in pack("invoice_kinds").rows
    }  # fmt: skip


def first_tiers(kind: InvoiceKind) -> tuple[Tier, ...]:
    """The tiers that a new taxpayer may ask for."""
    most = kind.first_most
    return () if most is None else tuple(tier for tier in tiers() if tier.most <= most)
