"""Unified social credit code (统一社会信用代码, GB 32100) with its inner organisation code (GB 11714)."""

import re

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_FORM = re.compile(f"[{_ALPHABET}]{{18}}")


def organisation_check(first8: str) -> str:
    """The ninth character of an organisation code."""
    total = sum(int(c, 36) * w for c, w in zip(first8, _ORG_WEIGHTS, strict=True))
    value = 11 - total % 11
    return {10: "X", 11: "0"}.get(value, str(value))


def check_character(first17: str) -> str:
    """The eighteenth character of a credit code."""
    total = sum(_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first17))
    return _ALPHABET[(31 - total % 31) % 31]


def problem(code: str) -> str | None:
    """What is wrong with a code: ``length``, ``form``, ``check``, ``organisation``; None when nothing is."""
    if len(code) != 18:
        return "length"
    if not _FORM.fullmatch(code):
        return "form"
    if check_character(code[:17]) != code[17]:
        return "check"
    if organisation_check(code[8:16]) != code[16]:
        return "organisation"
    return None
