"""Unified social credit codes: for invented companies with right check digits, visibly made up (MAXX); and whether
what was sent can be one.

Written anew from GB 32100 and GB 11714, apart from the rules of the terminal: each checks the other in a test.
"""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
LARGEST = len(ALPHABET) ** 4


def credit_code(division: str, number: int, *, individual: bool = False) -> str:
    """The code of the n-th invented company of a division; an individual business is of class 92."""
    if not 0 <= number < LARGEST:
        raise ValueError("no more invented companies")
    tail = ""
    for _ in range(4):
        number, digit = divmod(number, len(ALPHABET))
        tail = ALPHABET[digit] + tail
    organisation = "MAXX" + tail
    first17 = ("92" if individual else "91") + division + organisation + _organisation_check(organisation)
    return first17 + _whole_check(first17)


def is_credit_code(text: str) -> bool:
    """Whether both checks of a code come out: the organisation's inside and the whole one's."""
    if len(text) != 18 or not set(text) <= set(ALPHABET):
        return False
    return _organisation_check(text[8:16]) == text[16] and _whole_check(text[:17]) == text[17]


def _organisation_check(body: str) -> str:
    total = 0
    for character, weight in zip(body, _WEIGHTS, strict=True):
        value = ord(character) - 48 if character.isdigit() else ord(character) - 55
        total += value * weight
    rest = total % 11
    return "0" if rest == 0 else "X" if rest == 1 else str(11 - rest)


def _whole_check(first17: str) -> str:
    power, total = 1, 0
    for character in first17:
        total += ALPHABET.index(character) * power
        power = power * 3 % 31
    return ALPHABET[-total % 31]
