"""Administrative divisions of Chongqing (行政区划, GB/T 2260), with history: codes were re-used, so the key is code
and time, never the code alone. Two districts ended in November 2025; their codes stay valid inside old numbers for
ever. Some streets went to another division, also from one that goes on."""

from dataclasses import dataclass
from functools import cache

from kiosk.domain.ids import DivisionCode

from .shipped import pack

_PLACEHOLDERS = {"500000", "500100", "500200", "500300"}


@dataclass(frozen=True, slots=True)
class Division:
    """One division as published between two revisions (``YYYYMM``; an empty end means: current)."""

    code: DivisionCode
    name: str
    first_seen: str
    last_seen: str

    @property
    def current(self) -> bool:
        """Whether a company may be registered there today."""
        return not self.last_seen and self.code not in _PLACEHOLDERS


@cache
def all_divisions() -> tuple[Division, ...]:
    """Every row of the pack, history included."""
    return tuple(
        Division(DivisionCode(r["code"]), r["name"], r["first_seen"], r["last_seen"]) for r in pack("divisions").rows
    )


@cache
def current_divisions() -> tuple[Division, ...]:
    """The divisions that can be picked today, by code."""
    return tuple(sorted((d for d in all_divisions() if d.current), key=lambda d: d.code))


def history_of(code: str) -> tuple[Division, ...]:
    """Everything that a code has stood for, the oldest first."""
    return tuple(sorted((d for d in all_divisions() if d.code == code), key=lambda d: d.first_seen))


def division_name(code: str) -> str:
    """The latest name of a code, or an empty text for an unknown one."""
    known = history_of(code)
    return known[-1].name if known else ""


def is_selectable(code: str) -> bool:
    """Whether the code can be picked for a domicile today."""
    return any(d.code == code for d in current_divisions())


def pick_anew(code: str) -> tuple[DivisionCode, ...]:
    """Where an address of a division that has ended may lie now, the likeliest first; empty for one that goes on.

    The street (街道) decides, so a person has to choose: never take the first by itself.
    """
    return () if is_selectable(code) else _went_to(code)


def moved_to(code: str, line: str) -> DivisionCode | None:
    """The division that has the street or town of this address since 2025, where that is another than ``code``."""
    for row in pack("divisions_merged").rows:
        touched = row["new"] != code and code in (row["old"], *_went_to(row["old"]))
        if touched and any(street in line for street in row["streets"].split()):
            return DivisionCode(row["new"])
    return None


@cache
def _went_to(code: str) -> tuple[DivisionCode, ...]:
    rows = sorted((r for r in pack("divisions_merged").rows if r["old"] == code), key=lambda r: int(r["order"]))
    return tuple(DivisionCode(r["new"]) for r in rows)
