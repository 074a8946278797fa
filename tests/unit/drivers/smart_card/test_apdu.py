"""APDUs and TLV records: what is built is what is meant, and garbage is refused instead of believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.smart_card.apdu import (
    Ins,
    MalformedRecordError,
    command,
    encode_tlv,
    parse_answer,
    parse_tlv,
    read_short_file,
    select,
)

TAGS = st.sampled_from([0x80, 0x81, 0x82, 0x83, 0x5F20, 0x5F2D, 0xC4, 0x7F49])


def test_commands_as_the_standard_writes_them() -> None:
    assert select(bytes.fromhex("F0514942414E3031")).hex() == "00a4040008f0514942414e3031"
    assert read_short_file(1).hex() == "00b0810000"
    assert command(Ins.VERIFY, 0, 0x80, b"1357\xff\xff\xff\xff").hex() == "002000800831333537ffffffff"
    assert command(Ins.INTERNAL_AUTHENTICATE, 0, 0, bytes(32), expect=64).hex() == "0088000020" + "00" * 32 + "40"


def test_a_command_that_is_too_long_is_a_bug() -> None:
    with pytest.raises(ValueError, match="255"):
        command(Ins.SELECT, 4, 0, bytes(256))


@pytest.mark.parametrize(
    ("raw", "ok", "tries", "more", "length"),
    [
        ("9000", True, None, None, None),
        ("63c2", False, 2, None, None),
        ("63c0", False, 0, None, None),
        ("6300", False, None, None, None),
        ("611e", False, None, 0x1E, None),
        ("6100", False, None, 0, None),
        ("6c12", False, None, None, 0x12),
        ("6983", False, None, None, None),
    ],
)
def test_status_words(raw: str, ok: bool, tries: int | None, more: int | None, length: int | None) -> None:
    answer = parse_answer(bytes.fromhex(raw))
    assert answer is not None
    assert (answer.ok, answer.tries_left, answer.more, answer.right_length) == (ok, tries, more, length)


@pytest.mark.parametrize("raw", [b"", b"\x90"])
def test_half_an_answer_is_none(raw: bytes) -> None:
    assert parse_answer(raw) is None


def test_an_answer_never_shows_its_bytes() -> None:
    assert "secret" not in repr(parse_answer(b"secret\x90\x00"))


@given(st.dictionaries(TAGS, st.binary(max_size=400), max_size=6), st.binary(max_size=0) | st.just(b"\x00\xff\xff"))
def test_records_come_back(objects: dict[int, bytes], filler: bytes) -> None:
    record = filler + b"".join(encode_tlv(tag, value) + filler for tag, value in objects.items())
    assert dict(parse_tlv(record)) == objects


@given(st.dictionaries(TAGS, st.binary(min_size=1, max_size=300), min_size=1, max_size=4), st.data())
def test_a_record_cut_anywhere_is_refused_or_shorter(objects: dict[int, bytes], data: st.DataObject) -> None:
    record = b"".join(encode_tlv(tag, value) for tag, value in objects.items())
    cut = data.draw(st.integers(0, len(record) - 1))
    try:
        found = parse_tlv(record[:cut])
    except MalformedRecordError:
        return
    assert len(found) < len(objects)
    assert all(objects[tag] == value for tag, value in found.items())


@given(st.binary(max_size=300))
def test_garbage_is_refused_or_makes_sense(garbage: bytes) -> None:
    try:
        found = parse_tlv(garbage)
    except MalformedRecordError as error:
        assert error.args[0].isascii()
        return
    assert dict(parse_tlv(b"".join(encode_tlv(tag, value) for tag, value in found.items()))) == dict(found)


@pytest.mark.parametrize(
    "record",
    [
        "80",  # no length
        "8005 41",  # short value
        "8080 41 0000",  # indefinite length
        "80 83 000001 41",  # length of three bytes
        "80 82 01",  # length cut short
        "5f",  # tag cut short
        "5f ff ff 01 41",  # tag of four bytes
        "8001 41 8001 41",  # twice
    ],
)
def test_malformed_records(record: str) -> None:
    with pytest.raises(MalformedRecordError):
        parse_tlv(bytes.fromhex(record))
