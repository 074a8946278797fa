"""Command and response APDUs and TLV records (ISO/IEC 7816-4): bytes to values and back, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

PADDING = (0x00, 0xFF)  # fillers that may stand between data objects: ISO/IEC 7816-4 lets an erased cell show


class Ins(IntEnum):
    """Instructions this house sends."""

    VERIFY = 0x20
    INTERNAL_AUTHENTICATE = 0x88
    SELECT = 0xA4
    READ_BINARY = 0xB0
    READ_RECORD = 0xB2
    GET_RESPONSE = 0xC0


class Sw(IntEnum):
    """Status words with a meaning here."""

    OK = 0x9000
    NOT_VERIFIED = 0x6982
    BLOCKED = 0x6983
    NOT_FOUND = 0x6A82
    NOT_SUPPORTED = 0x6A81
    WRONG_INS = 0x6D00
    WRONG_CLASS = 0x6E00


class MalformedRecordError(ValueError):
    """A record of a card that does not hold together; the text never quotes its bytes."""


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """A response APDU. Its bytes may be somebody's, so only the status word shows."""

    data: bytes
    sw: int

    def __repr__(self) -> str:
        return f"<Answer {self.sw:04X}, {len(self.data)} bytes>"

    @property
    def ok(self) -> bool:
        """Whether the card did what it was told."""
        return self.sw == Sw.OK

    @property
    def tries_left(self) -> int | None:
        """Attempts that remain, after 63 Cx; None for every other status."""
        return self.sw & 0x0F if self.sw & 0xFFF0 == 0x63C0 else None

    @property
    def more(self) -> int | None:
        """Bytes that wait for GET RESPONSE, after 61 xx (0 means 256)."""
        return self.sw & 0xFF if self.sw >> 8 == 0x61 else None

    @property
    def right_length(self) -> int | None:
        """The Le the card wants, after 6C xx (0 means 256)."""
        return self.sw & 0xFF if self.sw >> 8 == 0x6C else None


def command(ins: Ins, p1: int, p2: int, data: bytes = b"", expect: int | None = None) -> bytes:
    """A short command APDU of class 00. ``expect`` is Le: None for nothing, 0 for up to 256 bytes."""
    if len(data) > 255:
        raise ValueError("a short command carries at most 255 bytes")
    made = bytes((0x00, ins, p1, p2))
    if data:
        made += bytes((len(data),)) + data
    if expect is not None:
        made += bytes((expect,))
    return made


def select(aid: bytes) -> bytes:
    """Choose the application with this name."""
    return command(Ins.SELECT, 0x04, 0x00, aid)


def read_short_file(sfi: int) -> bytes:
    """Read a file by its short identifier (1–30), up to 256 bytes from its start."""
    return command(Ins.READ_BINARY, 0x80 | sfi, 0x00, expect=0)


def command_record(sfi: int, number: int) -> bytes:
    """Read one record, by its number, of the file with this short identifier; up to 256 bytes."""
    return command(Ins.READ_RECORD, number, sfi << 3 | 0x04, expect=0)


def parse_answer(raw: bytes) -> Answer | None:
    """The response APDU in ``raw``, or None when there are not even two bytes: the card left in the middle."""
    if len(raw) < 2:
        return None
    return Answer(raw[:-2], int.from_bytes(raw[-2:], "big"))


def parse_tlv(record: bytes) -> Mapping[int, bytes]:
    """The data objects of a record by tag; BER tags of up to three bytes, definite lengths of up to two.

    Raises MalformedRecordError when anything is cut short, indefinite, or there twice.
    """
    found: dict[int, bytes] = {}
    at = 0
    while at < len(record):
        if record[at] in PADDING:
            at += 1
            continue
        tag, at = _tag(record, at)
        length, at = _length(record, at)
        if at + length > len(record):
            raise MalformedRecordError("a value is cut short")
        if tag in found:
            raise MalformedRecordError("a tag is there twice")
        found[tag] = record[at : at + length]
        at += length
    return found


def _tag(record: bytes, at: int) -> tuple[int, int]:
    tag = record[at]
    at += 1
    if tag & 0x1F != 0x1F:
        return tag, at
    for _ in range(2):
        if at >= len(record):
            raise MalformedRecordError("a tag is cut short")
        tag = tag << 8 | record[at]
        at += 1
        if not tag & 0x80:
            return tag, at
    raise MalformedRecordError("a tag is too long")


def _length(record: bytes, at: int) -> tuple[int, int]:
    if at >= len(record):
        raise MalformedRecordError("a length is missing")
    first = record[at]
    at += 1
    if first < 0x80:
        return first, at
    size = first & 0x7F
    if size not in (1, 2):
        raise MalformedRecordError("a length is indefinite or too long")
    if at + size > len(record):
        raise MalformedRecordError("a length is cut short")
    return int.from_bytes(record[at : at + size], "big"), at + size


def encode_tlv(tag: int, value: bytes) -> bytes:
    """One data object: the inverse of ``parse_tlv`` for one tag, with the shortest length."""
    if len(value) > 0xFFFF:
        raise ValueError("a value has at most 65535 bytes here")
    name = tag.to_bytes((tag.bit_length() + 7) // 8 or 1, "big")
    size = len(value)
    if size < 0x80:
        length = bytes((size,))
    elif size < 0x100:
        length = bytes((0x81, size))
    else:
        length = b"\x82" + size.to_bytes(2, "big")
    return name + length + value
