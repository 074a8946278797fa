"""Bank branches for the account appointment (银行开户预约, R30): none is always the first."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from kiosk.domain.ids import DivisionCode

from .shipped import pack


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch of one bank."""

    id: str
    bank: str
    bank_name: str
    name: str
    division: DivisionCode
    address: str
    phone: str


@cache
def branches() -> dict[str, Branch]:
    """Every branch by its id."""
    return {
        r["id"]: Branch(
            r["id"], r["bank"], r["bank_name"], r["name"], DivisionCode(r["division"]), r["address"], r["phone"]
        )
        for r in pack("banks").rows
    }


def in_neutral_order(day: date, bank: str | None = None) -> tuple[Branch, ...]:
    """Of all banks or of one, in an order that is another one every day and the same for everybody that day."""
    return _drawn(day, (one for one in branches().values() if bank in (None, one.bank)))


def _drawn(day: date, some: Iterable[Branch]) -> tuple[Branch, ...]:
    return tuple(sorted(some, key=lambda one: hashlib.sha256(f"{day.isoformat()}:{one.id}".encode()).digest()))
