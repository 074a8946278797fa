"""Old registration number of an enterprise (工商注册号): fifteen digits, ISO 7064 MOD 11,10, the registry in front.

Companies founded before the credit code still carry it on papers that they bring along.
"""

import re

from .number_problem import NumberProblem

_FORM = re.compile(r"[0-9]{15}")


def check_digit(first14: str) -> str:
    """The fifteenth digit."""
    rest = 10
    for digit in first14:
        rest = (rest + int(digit)) % 10 or 10
        rest = rest * 2 % 11
    return str((11 - rest) % 10)


def problem(number: str) -> NumberProblem | None:
    """What is wrong with a number, or None."""
    if len(number) != 15:
        return NumberProblem.LENGTH
    if not _FORM.fullmatch(number):
        return NumberProblem.FORM
    return None if check_digit(number[:14]) == number[14] else NumberProblem.CHECK
