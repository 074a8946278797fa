"""Ethnic groups (民族, GB 3304) as two digits on the chip of an identity card."""

from dataclasses import dataclass
from functools import cache

from .shipped import pack


@dataclass(frozen=True, slots=True)
class EthnicGroup:
    """One of the 56, or 97 其他, 98 外国血统. ``alpha2``: its two letters, where the standard gives some."""

    code: str
    name: str
    name_en: str
    alpha2: str


@cache
def ethnic_groups() -> dict[str, EthnicGroup]:
    """Every group by its code."""
    return {
        r["code"]: EthnicGroup(r["code"], r["name"], r["name_en"], r["alpha2"]) for r in pack("ethnic_groups").rows
    }
