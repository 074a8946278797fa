"""First letters of how Chinese is read: 叫下一位 is jxyw. Whoever knows a word finds it by these few keys.

The common characters stand in the national character set in the order of their reading, so that the bounds of the
letters are all that is needed; a rare character has none. Of a character with two readings it is the commoner one.
"""

from bisect import bisect_right

_FIRST = (
    0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8, 0xC4C3, 0xC5B6,
    0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1,
)  # fmt: skip
_LETTERS = "abcdefghjklmnopqrstwxyz"
_END = 0xD7FA


def initials(text: str) -> str:
    """Initials of the characters, and every letter and figure as it is, in lower case; anything else is left out."""
    return "".join(_initial(letter) for letter in text)


def _initial(letter: str) -> str:
    if letter.isascii():
        return letter.lower() if letter.isalnum() else ""
    try:
        code = int.from_bytes(letter.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    return _LETTERS[bisect_right(_FIRST, code) - 1] if _FIRST[0] <= code < _END else ""


def fits(typed: str, text: str) -> bool:
    """Whether what was typed stands in the text: as it is, by its initials, or with letters left out between."""
    wanted = "".join(typed.lower().split())
    shown = text.lower()
    return not wanted or wanted in shown or _in_order(wanted, initials(text)) or _in_order(wanted, shown)


def rank(typed: str, text: str) -> int:
    """How well it fits, the best first: the words themselves, initials from the beginning, then what is near."""
    wanted, short = "".join(typed.lower().split()), initials(text)
    if wanted and wanted in text.lower():
        return 0
    if short.startswith(wanted):
        return 1
    return 2 if wanted in short else 3


def _in_order(wanted: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in wanted)
