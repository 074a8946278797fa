"""The 256-byte text block of a card → IdentityCard (GA 450; the residence permits' own layouts), pure.

Fields are UTF-16LE, padded with blanks (by some firmware with zeros). The mark at byte 248 says which layout it is:
blank resident card, J residence permit for Hong Kong, Macao and Taiwan, I and Y permanent residence of foreigners
(edition 2017 and 2023). An unknown mark means another card, of which nothing is kept.
"""

import re
from datetime import date

from kiosk.domain.identity_card import CardKind, IdentityCard
from kiosk.rules.resident_id import birth_date, check_digit

SIZE = 256
LONG_TERM = "长期"
_KINDS = {
    " ": CardKind.RESIDENT,
    "\0": CardKind.RESIDENT,
    "J": CardKind.HMT_RESIDENCE,
    "I": CardKind.FOREIGN_2017,
    "Y": CardKind.FOREIGN_2023,
}
_SEXES = {"0": "0", "1": "1", "2": "2", "9": "9", "男": "1", "女": "2"}  # GB/T 2261.1; the 2017 layout may spell it


class RecordError(Exception):
    """The block is damaged. ``field`` names where, never what stands there."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class UnknownCardError(Exception):
    """The mark names no certificate that is known here. ``mark`` is its code point in hex."""

    def __init__(self, mark: int) -> None:
        super().__init__(f"{mark:04x}")
        self.mark = mark


def kind_of(text: bytes) -> CardKind:
    """Which certificate the block belongs to; UnknownCardError, or RecordError ``block`` when it has another size."""
    if len(text) != SIZE:
        raise RecordError("block")
    mark = int.from_bytes(text[248:250], "little")
    kind = _KINDS.get(chr(mark))
    if kind is None:
        raise UnknownCardError(mark)
    return kind


def parse(text: bytes, photo: bytes = b"") -> IdentityCard:
    """The card that a text block describes.

    ``sex`` is the code of GB/T 2261.1, ``ethnic_code`` two digits of GB/T 3304 as they stand on the chip (empty on
    residence permits), ``authority`` of a 2017 permanent residence card is the office's code, of a 2023 one empty.
    RecordError names the first field that cannot be right; UnknownCardError another kind of card.
    """
    kind = kind_of(text)
    if kind is CardKind.FOREIGN_2017:
        return _foreign_2017(text, photo)
    if kind is CardKind.FOREIGN_2023:
        return _foreign_2023(text, photo)
    return _resident(text, photo, kind)


def newest_address(appended: bytes) -> str:
    """The address that was written behind the record after a move; empty when there is none.

    ``appended`` is the answer to READ_APPENDED, UTF-16LE of usually 70 bytes. RecordError ``address`` when damaged.
    """
    if len(appended) % 2:
        raise RecordError("address")
    return _must_be_clean(_decode(appended), "address").strip()


def _resident(text: bytes, photo: bytes, kind: CardKind) -> IdentityCard:
    begin, end = _period(text)
    birth = _day(text, 36, "birth")
    ethnic = ""
    if kind is CardKind.RESIDENT:
        ethnic = _text(text, 32, 4, "ethnic")
        if not re.fullmatch(r"[0-9]{2}", ethnic):
            raise RecordError("ethnic")
    return IdentityCard(
        kind=kind,
        name=_must(text, 0, 30, "name"),
        sex=_sex(text, 30),
        ethnic_code=ethnic,
        birth=birth,
        address=_must(text, 52, 70, "address"),
        number=_number18(text, birth),
        authority=_must(text, 158, 30, "authority"),
        valid_from=begin,
        valid_until=end,
        photo=photo,
    )


def _foreign_2017(text: bytes, photo: bytes) -> IdentityCard:
    begin, end = _period(text)
    name_en = _must(text, 0, 120, "name_en")
    number = _text(text, 122, 30, "number")
    if not re.fullmatch(r"[A-Z]{3}[0-9]{12}", number):
        raise RecordError("number")
    return IdentityCard(
        kind=CardKind.FOREIGN_2017,
        name=_text(text, 158, 30, "name") or name_en,
        sex=_sex(text, 120),
        ethnic_code="",
        birth=_day(text, 220, "birth"),
        address="",
        number=number,
        authority=_text(text, 240, 8, "authority"),
        valid_from=begin,
        valid_until=end,
        photo=photo,
        name_en=name_en,
    )


def _foreign_2023(text: bytes, photo: bytes) -> IdentityCard:
    begin, end = _period(text)
    birth = _day(text, 36, "birth")
    number = _number18(text, birth)
    if not number.startswith("9"):
        raise RecordError("number")
    # The English name goes on in a second field; a blank at the seam belongs to the name.
    name_en = _must_be_clean(_decode(text[52:122] + text[220:242]), "name_en")
    if not name_en:
        raise RecordError("name_en")
    return IdentityCard(
        kind=CardKind.FOREIGN_2023,
        name=_text(text, 0, 30, "name") or name_en,
        sex=_sex(text, 30),
        ethnic_code="",
        birth=birth,
        address="",
        number=number,
        authority="",
        valid_from=begin,
        valid_until=end,
        photo=photo,
        name_en=name_en,
    )


def _period(text: bytes) -> tuple[date, date | None]:
    begin = _day(text, 188, "valid_from")
    if _text(text, 204, 16, "valid_until") == LONG_TERM:
        return begin, None
    end = _day(text, 204, "valid_until")
    if end < begin:
        raise RecordError("valid_until")
    return begin, end


def _number18(text: bytes, birth: date) -> str:
    number = _text(text, 122, 36, "number")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number) or check_digit(number[:17]) != number[17]:
        raise RecordError("number")
    if birth_date(number) != birth:
        raise RecordError("birth")
    return number


def _sex(text: bytes, at: int) -> str:
    sex = _SEXES.get(_text(text, at, 2, "sex"))
    if sex is None:
        raise RecordError("sex")
    return sex


def _day(text: bytes, at: int, field: str) -> date:
    digits = _text(text, at, 16, field)
    if not re.fullmatch(r"[0-9]{8}", digits):
        raise RecordError(field)
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise RecordError(field) from None


def _must(text: bytes, at: int, size: int, field: str) -> str:
    value = _text(text, at, size, field)
    if not value:
        raise RecordError(field)
    return value


def _text(text: bytes, at: int, size: int, field: str) -> str:
    return _must_be_clean(_decode(text[at : at + size]), field)


def _decode(raw: bytes) -> str:
    return raw.decode("utf-16-le", errors="replace").rstrip(" \0")


def _must_be_clean(value: str, field: str) -> str:
    """A control character, a hole or half a character means that the block is damaged."""
    if any(c < " " or "\x7f" <= c < "\xa0" or c == "\ufffd" for c in value):
        raise RecordError(field)
    return value
