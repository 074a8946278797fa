"""Internet Printing Protocol messages (RFC 8010): bytes to groups of attributes and back."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


class Tag(enum.IntEnum):
    """Delimiters and kinds of values."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04
    UNSUPPORTED = 0x05
    NO_VALUE = 0x13
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    URI_SCHEME = 0x46
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49


class Operation(enum.IntEnum):
    """What the printer can be asked."""

    PRINT_JOB = 0x0002
    VALIDATE_JOB = 0x0004
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B


class Status(enum.IntEnum):
    """What the printer answers."""

    OK = 0x0000
    BAD_REQUEST = 0x0400
    NOT_POSSIBLE = 0x0404
    NOT_FOUND = 0x0406
    FORMAT_NOT_SUPPORTED = 0x040A
    OPERATION_NOT_SUPPORTED = 0x0501
    VERSION_NOT_SUPPORTED = 0x0503


class IppError(ValueError):
    """Bytes that are no IPP message."""


Value = bytes | str | int | bool


@dataclass(frozen=True, slots=True)
class Attribute:
    """A name and its values, all of one kind."""

    tag: int
    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A request or an answer. ``code`` is the operation or the status; groups stand in the order of the wire."""

    version: tuple[int, int]
    code: int
    number: int
    groups: Sequence[tuple[int, Sequence[Attribute]]]
    document: bytes = field(default=b"", repr=False)

    def find(self, group: int, name: str) -> Attribute | None:
        """The first attribute of that name in groups of that kind."""
        for tag, attributes in self.groups:
            if tag == group:
                for each in attributes:
                    if each.name == name:
                        return each
        return None

    def text(self, name: str) -> str:
        """The first value of an operation attribute as text, empty when there is none."""
        found = self.find(Tag.OPERATION, name)
        return found.values[0] if found and isinstance(found.values[0], str) else ""


def read_message(data: bytes) -> Message:
    """Take a message apart. Raises IppError."""
    if len(data) < 9:
        raise IppError("too short")
    groups: list[tuple[int, list[Attribute]]] = []
    at = 8
    while True:
        tag, at = _number(data, at, 1)
        if tag == Tag.END:
            break
        if tag < 0x10:
            groups.append((tag, []))
            continue
        if not groups:
            raise IppError("a value before the first group")
        name, at = _counted(data, at)
        raw, at = _counted(data, at)
        value = _value(tag, raw)
        attributes = groups[-1][1]
        if name:
            attributes.append(Attribute(tag, name.decode("ascii", "replace"), (value,)))
        elif attributes:
            last = attributes[-1]
            attributes[-1] = Attribute(last.tag, last.name, (*last.values, value))
        else:
            raise IppError("a further value before the first")
    version = (data[0], data[1])
    return Message(version, int.from_bytes(data[2:4], "big"), int.from_bytes(data[4:8], "big"), groups, data[at:])


def write_message(message: Message) -> bytes:
    """Put a message together."""
    head = bytes(message.version) + message.code.to_bytes(2, "big") + message.number.to_bytes(4, "big")
    body = b"".join(bytes([tag]) + _attributes(attributes) for tag, attributes in message.groups)
    return head + body + bytes([Tag.END]) + message.document


def attribute(tag: Tag, name: str, *values: Value) -> Attribute:
    """An attribute in short."""
    return Attribute(tag, name, values)


def _attributes(attributes: Iterable[Attribute]) -> bytes:
    written = b""
    for each in attributes:
        for place, value in enumerate(each.values):
            name = each.name.encode("ascii") if place == 0 else b""
            raw = _raw(each.tag, value)
            written += bytes([each.tag]) + len(name).to_bytes(2, "big") + name + len(raw).to_bytes(2, "big") + raw
    return written


def _raw(tag: int, value: Value) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode("utf-8")
    return bytes([value]) if tag == Tag.BOOLEAN else value.to_bytes(4, "big", signed=True)


def _value(tag: int, raw: bytes) -> Value:
    if tag in (Tag.INTEGER, Tag.ENUM) and len(raw) == 4:
        return int.from_bytes(raw, "big", signed=True)
    if tag == Tag.BOOLEAN and len(raw) == 1:
        return raw != b"\x00"
    return raw.decode("utf-8", "replace") if 0x40 <= tag < 0x60 else raw


def _number(data: bytes, at: int, size: int) -> tuple[int, int]:
    if at + size > len(data):
        raise IppError("cut off")
    return int.from_bytes(data[at : at + size], "big"), at + size


def _counted(data: bytes, at: int) -> tuple[bytes, int]:
    length, at = _number(data, at, 2)
    if at + length > len(data):
        raise IppError("cut off")
    return data[at : at + length], at + length
