"""Resident ID number (公民身份号码, GB 11643): form, date and check digit may stop; the birthplace is only a hint.

The residence permits of people from Hong Kong, Macao and Taiwan and the foreigners' permanent residence card of 2023
have numbers of the same make; what tells them apart is ``certificates``.
"""

import re
from datetime import date

from .number_problem import NumberProblem

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FORM = re.compile(r"[0-9]{17}[0-9X]")
_OLD = re.compile(r"[0-9]{15}")
_OLDEST = 1880  # nobody who opens a business was born before


def check_digit(first17: str) -> str:
    """The eighteenth character for seventeen digits (ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(int(d) * w for d, w in zip(first17, _WEIGHTS, strict=True)) % 11]


def birth_date(number: str) -> date | None:
    """The date inside a number, or None when there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def problem(number: str, today: date) -> NumberProblem | None:
    """What is wrong with a number, or None. Divisions are not looked at: people outlive them, and codes of districts
    that came later were given to people born before."""
    if len(number) != 18:
        return NumberProblem.OLD_FORM if _OLD.fullmatch(number) else NumberProblem.LENGTH
    if not _FORM.fullmatch(number):
        return NumberProblem.FORM
    born = birth_date(number)
    if born is None or born > today or born.year < _OLDEST:
        return NumberProblem.DATE
    if check_digit(number[:17]) != number[17]:
        return NumberProblem.CHECK
    return None


def is_male(number: str) -> bool:
    """The last digit of the sequence: odd for men. Only for numbers without a problem."""
    return int(number[16]) % 2 == 1


def age_on(born: date, day: date) -> int:
    """Full years on a day; who was born on 29 February comes of age on 1 March of a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
