"""IPP as bytes (RFC 8010), as much of it as printing a document takes. Pure.

A request is an operation with attributes and a document behind them; an answer is a status and groups of attributes.
Whatever a printer adds beyond that, collections too, is read over without losing the place.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

VERSION = b"\x01\x01"
_END = 0x03
_FIRST_VALUE_TAG = 0x10
_COLLECTION_BEGIN, _COLLECTION_END, _MEMBER_NAME = 0x34, 0x37, 0x4A
_WITH_LANGUAGE = frozenset({0x35, 0x36})
_LONGEST = 0x7FFF


class Operation(IntEnum):
    """What can be asked."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_PRINTER_ATTRIBUTES = 0x000B


class GroupTag(IntEnum):
    """Groups of attributes; others keep their number."""

    OPERATION = 0x01
    JOB = 0x02
    PRINTER = 0x04


class ValueTag(IntEnum):
    """Kinds of values that are written or understood."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49


Value = int | bool | str | bytes
Values = tuple[Value, ...]


class IppError(ValueError):
    """These bytes are not an IPP answer."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a request, with one or several values of one kind."""

    name: str
    tag: ValueTag
    values: Sequence[int | str]


@dataclass(frozen=True, slots=True)
class Collection:
    """An attribute of a request that is made of others, as the choice of a tray is."""

    name: str
    members: tuple[Attribute, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a printer said. ``groups`` in order; a group is its tag and its attributes."""

    status: int
    request_id: int
    groups: tuple[tuple[int, Mapping[str, Values]], ...]

    def attributes(self, tag: GroupTag) -> Mapping[str, Values]:
        """The first group of that kind; empty when there is none."""
        return next((attributes for found, attributes in self.groups if found == tag), {})


def request(
    operation: Operation,
    request_id: int,
    uri: str,
    attributes: Sequence[Attribute] = (),
    job: Sequence[Attribute | Collection] = (),
) -> bytes:
    """A request up to where the document begins. ``attributes`` go behind charset, language and printer-uri."""
    out = bytearray(VERSION)
    out += struct.pack(">HI", operation, request_id)
    first = (
        Attribute("attributes-charset", ValueTag.CHARSET, ("utf-8",)),
        Attribute("attributes-natural-language", ValueTag.LANGUAGE, ("en",)),
        Attribute("printer-uri", ValueTag.URI, (uri,)),
    )
    out.append(GroupTag.OPERATION)
    for attribute in (*first, *attributes):
        out += _encoded(attribute)
    if job:
        out.append(GroupTag.JOB)
        for one in job:
            out += _encoded(one) if isinstance(one, Attribute) else _collection(one)
    out.append(_END)
    return bytes(out)


def _collection(collection: Collection) -> bytes:
    """RFC 8010, 3.1.6: a beginning, for every member its name and its value, an end."""
    out = bytearray(_field_of(_COLLECTION_BEGIN, collection.name.encode("ascii"), b""))
    for member in collection.members:
        out += _field_of(_MEMBER_NAME, b"", member.name.encode("ascii"))
        out += _encoded(Attribute("", member.tag, member.values))
    return bytes(out + _field_of(_COLLECTION_END, b"", b""))


def _field_of(tag: int, name: bytes, value: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(value)) + value


def _encoded(attribute: Attribute) -> bytes:
    out = bytearray()
    name = attribute.name.encode("ascii")
    for value in attribute.values:
        data = struct.pack(">i", value) if isinstance(value, int) else value.encode("utf-8")
        if len(data) > _LONGEST:
            raise ValueError("value too long for IPP")
        out += _field_of(attribute.tag, name, data)
        name = b""  # further values of the same attribute carry no name
    return bytes(out)


def answer(data: bytes) -> Answer:
    """Read an answer. IppError for anything that is none."""
    if len(data) < 9:
        raise IppError("too short")
    _, status, request_id = struct.unpack(">HHI", data[:8])
    groups: list[tuple[int, dict[str, list[Value]]]] = []
    name = ""
    for tag, key, raw in _items(data, 8):
        if tag < _FIRST_VALUE_TAG:
            groups.append((tag, {}))
            name = ""
            continue
        if not groups:
            raise IppError("a value before any group")
        name = key or name
        if not name:
            raise IppError("a value without a name")
        groups[-1][1].setdefault(name, []).append(_decoded(tag, raw))
    frozen = tuple((tag, {key: tuple(values) for key, values in found.items()}) for tag, found in groups)
    return Answer(status, request_id, frozen)


def _items(data: bytes, at: int) -> Iterator[tuple[int, str, bytes]]:
    """Group tags (with nothing) and values outside of collections, up to the end tag."""
    depth = 0
    while True:
        tag = _take(data, at, 1)[0]
        at += 1
        if tag == _END:
            if depth:
                raise IppError("open collection")
            return
        if tag < _FIRST_VALUE_TAG:
            yield tag, "", b""
            continue
        name, at = _field(data, at)
        value, at = _field(data, at)
        depth += (tag == _COLLECTION_BEGIN) - (tag == _COLLECTION_END)
        if depth < 0:
            raise IppError("collection ended twice")
        if depth == 0 and tag != _COLLECTION_END:
            yield tag, name.decode("ascii", "replace"), value


def _field(data: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack(">H", _take(data, at, 2))
    return _take(data, at + 2, length), at + 2 + length


def _take(data: bytes, at: int, count: int) -> bytes:
    if at + count > len(data):
        raise IppError("cut off")
    return data[at : at + count]


def _decoded(tag: int, raw: bytes) -> Value:
    if tag in (ValueTag.INTEGER, ValueTag.ENUM):
        if len(raw) != 4:
            raise IppError("a number of a wrong length")
        return int.from_bytes(raw, "big", signed=True)
    if tag == ValueTag.BOOLEAN:
        return raw != b"\x00"
    if tag in _WITH_LANGUAGE:
        _, at = _field(raw, 0)
        raw, _ = _field(raw, at)
        return raw.decode("utf-8", "replace")
    if 0x40 <= tag <= 0x5F:
        return raw.decode("utf-8", "replace")
    return raw
