"""The basic data of a social-security card (社会保障卡): records → values, pure.

Every record is its number, a length and a value; texts are GBK, filled up with blanks, dates four bytes of BCD. Only
what a form can use is read: number, name, and until when the card is valid.
"""

import re
from collections.abc import Mapping
from datetime import date
from enum import Enum

from drivers.smart_card.apdu import MalformedRecordError, command_record
from kiosk.contracts.social_card import SocialCard
from kiosk.rules.resident_id import check_digit

LONGEST_NAME = 15  # characters in thirty bytes


class Record(Enum):
    """Short file identifier and record number."""

    VALID_UNTIL = (5, 6)
    NUMBER = (6, 1)
    NAME = (6, 2)

    @property
    def question(self) -> bytes:
        """The command that reads it."""
        return command_record(*self.value)


def parse_social_card(records: Mapping[Record, bytes]) -> SocialCard:
    """What the three records say. MalformedRecordError when one is missing, cut short or cannot be right."""
    number = _text(records, Record.NUMBER)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number) or check_digit(number[:17]) != number[17]:
        raise MalformedRecordError("the number is none")
    name = _text(records, Record.NAME)
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise MalformedRecordError("the name is none")
    return SocialCard(name, number, _day(records))


def value_of(record: bytes, number: int) -> bytes:
    """The value in a record with this number; fillers behind it do not count."""
    if len(record) < 2 or record[0] != number or len(record) < 2 + record[1]:
        raise MalformedRecordError("a record is cut short or another one")
    return record[2 : 2 + record[1]]


def _text(records: Mapping[Record, bytes], which: Record) -> str:
    try:
        return value_of(records.get(which, b""), which.value[1]).decode("gb18030").rstrip(" \0")
    except UnicodeDecodeError:
        raise MalformedRecordError("a text is not GBK") from None


def _day(records: Mapping[Record, bytes]) -> date | None:
    """The last day, None on a card that names none (zeros or blanks)."""
    digits = value_of(records.get(Record.VALID_UNTIL, b""), Record.VALID_UNTIL.value[1]).hex()
    if set(digits) in ({"0"}, {"f"}):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])) if len(digits) == 8 else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> date:
    raise MalformedRecordError("the date is none")
