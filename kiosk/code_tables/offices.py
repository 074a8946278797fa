"""Offices in a company (任职): positions, ways of coming to them (产生方式) and terms (任期), by the Company Law."""

import enum
from dataclasses import dataclass
from functools import cache

from kiosk.domain.person import Role

from .shipped import pack


class TermRule(enum.Enum):
    """How the years of a term bind."""

    NONE = ""
    AT_MOST = "at_most"
    EXACTLY = "exactly"


@dataclass(frozen=True, slots=True)
class GenerationMode:
    """One way of coming to an office."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Office:
    """One position. ``chairs``: of these a board has exactly one."""

    code: str
    role: Role
    name: str
    name_en: str
    modes: tuple[GenerationMode, ...]
    term_years: int | None
    term_rule: TermRule
    chairs: bool

    def may_last(self, years: int) -> bool:
        """Whether a term of so many years is one that the law knows."""
        if self.term_years is None or self.term_rule is TermRule.NONE:
            return years > 0
        return years == self.term_years if self.term_rule is TermRule.EXACTLY else 0 < years <= self.term_years


@cache
def offices() -> dict[str, Office]:
    """Every position by its code."""
    modes = {r["code"]: GenerationMode(r["code"], r["name"], r["name_en"]) for r in pack("generation_modes").rows}
    return {
        r["code"]: Office(
            r["code"], Role(r["role"]), r["name"], r["name_en"], tuple(modes[code] for code in r["modes"].split()),
            int(r["term_years"]) if r["term_years"] else None, TermRule(r["term_rule"]), r["chairs"] == "yes",
        )
        for r in pack("offices").rows
    }  # fmt: skip


def offices_of(role: Role) -> tuple[Office, ...]:
    """The positions of a role, the chair first."""
    return tuple(sorted((one for one in offices().values() if one.role is role), key=lambda one: not one.chairs))
