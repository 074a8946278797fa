"""Unified social credit code (统一社会信用代码, GB 32100) with its inner organisation code (GB 11714)."""

import re
from dataclasses import dataclass

from kiosk.domain.ids import DivisionCode

from .number_problem import NumberProblem

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_FORM = re.compile(f"[{_ALPHABET}]{{18}}")


@dataclass(frozen=True, slots=True)
class CreditCode:
    """What a code says of its holder. Letters stand in front too: a rural collective (N2…) can hold shares."""

    authority: str  # 9 market supervision, 1 public bodies, 5 civil affairs, N agriculture, …
    kind: str  # for authority 9: 1 enterprise, 2 individual business, 3 cooperative
    division: DivisionCode  # of the first registration; may have ended since
    organisation: str

    @property
    def is_enterprise(self) -> bool:
        """Registered as a company or another enterprise."""
        return (self.authority, self.kind) == ("9", "1")


def organisation_check(first8: str) -> str:
    """The ninth character of an organisation code."""
    total = sum(int(c, 36) * w for c, w in zip(first8, _ORG_WEIGHTS, strict=True))
    value = 11 - total % 11
    return {10: "X", 11: "0"}.get(value, str(value))


def check_character(first17: str) -> str:
    """The eighteenth character of a credit code."""
    total = sum(_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first17))
    return _ALPHABET[(31 - total % 31) % 31]


def problem(code: str) -> NumberProblem | None:
    """What is wrong with a code, or None: two checks that do not depend on one another."""
    if len(code) != 18:
        return NumberProblem.LENGTH
    if not _FORM.fullmatch(code):
        return NumberProblem.FORM
    if check_character(code[:17]) != code[17]:
        return NumberProblem.CHECK
    if organisation_check(code[8:16]) != code[16]:
        return NumberProblem.ORGANISATION
    return None


def parts(code: str) -> CreditCode:
    """The parts of a code without a problem."""
    return CreditCode(code[0], code[1], DivisionCode(code[2:8]), code[8:17])
