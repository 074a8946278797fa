"""Cutting the stream into commands: lengths as in the manuals, however the bytes arrive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.virtual.escpos_commands import Command, CommandStream, Piece, Text, Unknown

KNOWN = [
    b"\x1b@",
    b"\x1c&",
    b"\x1c.",
    b"\x1b!\x30",
    b"\x1d!\x11",
    b"\x1ba\x01",
    b"\x1b3\x28",
    b"\x1b2",
    b"\x1bd\x04",
    b"\x1bJ\x10",
    b"\x1bt\x00",
    b"\x1bp\x00\x32\x32",
    b"\x1bD\x08\x10\x00",
    b"\x1b*\x21\x02\x00\x01\x02\x03\x04\x05\x06",
    b"\x1b*\x00\x03\x00abc",
    b"\x1dV\x00",
    b"\x1dVB\x00",
    b"\x1dr1",
    b"\x1da\xff",
    b"\x1dI\x42",
    b"\x1dL\x10\x00",
    b"\x1dW\x40\x02",
    b"\x1dv0\x00\x02\x00\x03\x00\xff\x10\x04\x01\x1b@",
    b"\x1d(k\x04\x001A2\x00",
    b"\x1d(k\x06\x001P0abc",
    b"\x1d(L\x02\x0002",
    b"\x1d8L\x02\x00\x00\x0002",
    b"\x1d(H\x06\x0000abcd",
    b"\x1dkI\x05{B123",
    b"\x1dk\x04CODE\x00",
    b"\x1cq\x01\x01\x00\x01\x00\x01\x02\x03\x04\x05\x06\x07\x08",
    b"\x10\x04\x01",
    b"\x10\x05\x02",
    b"\x10\x14\x01\x00\x01",
    b"\n",
    b"\t",
]


def pieces(*chunks: bytes, long_codes: bool = True) -> list[Piece]:
    stream = CommandStream(long_codes=long_codes)
    found: list[Piece] = []
    for chunk in chunks:
        stream.feed(chunk)
        found += stream.pieces()
    return found


@pytest.mark.parametrize("command", KNOWN, ids=lambda each: each[:3].hex())
def test_a_command_is_one_piece_and_ends_where_the_manual_says(command: bytes) -> None:
    first, second = pieces(command + b"Z")
    assert isinstance(first, Command)
    assert second == Text(b"Z")


@given(
    st.lists(st.sampled_from([*KNOWN, "企业".encode("gb18030"), b"ab", "𠮷".encode("gb18030")]), max_size=8),
    st.data(),
)
def test_it_does_not_matter_how_the_bytes_arrive(parts: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=6)))
    chunks = [whole[start:end] for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    assert pieces(*chunks) == pieces(whole)
    assert not any(isinstance(each, Unknown) for each in pieces(whole))


@given(st.binary(max_size=200))
def test_every_byte_is_accounted_for(data: bytes) -> None:
    stream = CommandStream(long_codes=True)
    stream.feed(data)
    list(stream.pieces())
    assert data.endswith(stream.rest())


def test_chinese_characters_are_pairs_and_long_ones_four() -> None:
    assert pieces("企".encode("gb18030")) == [Text(b"\xc6\xf3")]
    assert pieces("𠮷".encode("gb18030")) == [Text("𠮷".encode("gb18030"))]
    assert pieces("𠮷".encode("gb18030"), long_codes=False) == [Text(b"\x95"), Text(b"4"), Text(b"\xb2"), Text(b"5")]


def test_what_no_manual_explains_is_kept_apart() -> None:
    assert pieces(b"\x1b\xf7A") == [Unknown(b"\x1b\xf7"), Text(b"A")]
    assert pieces(b"\x01A") == [Unknown(b"\x01"), Text(b"A")]
    assert pieces(b"\x1dv\x31A") == [Unknown(b"\x1dv"), Text(b"1"), Text(b"A")]
