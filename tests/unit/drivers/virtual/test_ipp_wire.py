"""IPP messages against bytes written out from RFC 8010, and against noise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.virtual.ipp_wire import IppError, Message, Tag, attribute, read_message, write_message

REQUEST = (
    b"\x01\x01\x00\x02\x00\x00\x00\x07"
    b"\x01"
    b"\x47\x00\x12attributes-charset\x00\x05utf-8"
    b"\x48\x00\x1battributes-natural-language\x00\x05en-us"
    b"\x45\x00\x0bprinter-uri\x00\x1aipp://localhost/ipp/print/"
    b"\x44\x00\x14requested-attributes\x00\x0dprinter-state"
    b"\x44\x00\x00\x00\x15printer-state-reasons"
    b"\x02"
    b"\x21\x00\x06copies\x00\x04\x00\x00\x00\x14"
    b"\x03%PDF-1.7"
)
NAMES = st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=20)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ATTRIBUTES = st.one_of(
    st.builds(
        lambda n, v: attribute(Tag.INTEGER, n, *v), NAMES, st.lists(st.integers(-(2**31), 2**31 - 1), min_size=1)
    ),
    st.builds(lambda n, v: attribute(Tag.KEYWORD, n, *v), NAMES, st.lists(TEXTS, min_size=1, max_size=4)),
    st.builds(lambda n, v: attribute(Tag.BOOLEAN, n, v), NAMES, st.booleans()),
)
GROUPS = st.lists(st.tuples(st.sampled_from([1, 2, 4, 5]), st.lists(ATTRIBUTES, max_size=4)), max_size=4)


def test_a_print_job_from_the_standard() -> None:
    message = read_message(REQUEST)
    assert (message.version, message.code, message.number) == ((1, 1), 2, 7)
    assert message.text("attributes-charset") == "utf-8"
    asked = message.find(Tag.OPERATION, "requested-attributes")
    assert asked is not None
    assert asked.values == ("printer-state", "printer-state-reasons")
    copies = message.find(Tag.JOB, "copies")
    assert copies is not None
    assert copies.values == (20,)
    assert message.document == b"%PDF-1.7"
    assert write_message(message) == REQUEST


@given(GROUPS, st.binary(max_size=30))
def test_what_is_written_is_read_again(groups: list[tuple[int, list[object]]], document: bytes) -> None:
    message = Message((2, 0), 0x0B, 5, groups, document)  # type: ignore[arg-type]
    assert read_message(write_message(message)) == message


@given(st.binary(max_size=200) | st.integers(0, len(REQUEST) - 10).map(lambda cut: REQUEST[:cut]))
def test_noise_is_no_message_or_some_message_but_never_a_crash(data: bytes) -> None:
    try:
        read_message(data)
    except IppError:
        return
    assert b"\x03" in data


def test_a_message_that_is_cut_off_is_refused() -> None:
    with pytest.raises(IppError):
        read_message(REQUEST[:60])
