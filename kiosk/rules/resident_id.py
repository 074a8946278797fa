"""Resident ID number (公民身份号码, GB 11643): form, date and check digit may stop; the birthplace is only a hint."""

import re
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FORM = re.compile(r"[0-9]{17}[0-9X]")


def check_digit(first17: str) -> str:
    """The eighteenth character for seventeen digits (ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(int(d) * w for d, w in zip(first17, _WEIGHTS, strict=True)) % 11]


def birth_date(number: str) -> date | None:
    """The date inside a number, or None when there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def problem(number: str, today: date) -> str | None:
    """What is wrong with a number: ``length``, ``form``, ``date``, ``check``; None when nothing is."""
    if len(number) != 18:
        return "length"
    if not _FORM.fullmatch(number):
        return "form"
    born = birth_date(number)
    if born is None or born > today or born.year < 1880:
        return "date"
    if check_digit(number[:17]) != number[17]:
        return "check"
    return None


def age_on(born: date, day: date) -> int:
    """Full years on a day; who was born on 29 February comes of age on 1 March of a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
