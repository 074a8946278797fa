"""IPP bytes: our questions as the standard writes them, answers of every shape, and garbage."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.document_printer.ipp import (
    Attribute,
    GroupTag,
    IppError,
    Operation,
    ValueTag,
    answer,
    request,
)
from drivers.document_printer.link import place
from drivers.document_printer.reasons import cause, slug, supply
from drivers.errors import DriverError
from kiosk.contracts.device import Supply
from kiosk.faults import FaultCode


def test_a_question_byte_by_byte():
    asked = Attribute("requested-attributes", ValueTag.KEYWORD, ("printer-state", "copies"))
    made = request(Operation.GET_PRINTER_ATTRIBUTES, 7, "ipp://p/x", (asked,))
    assert made == (
        b"\x01\x01\x00\x0b\x00\x00\x00\x07\x01"
        b"\x47\x00\x12attributes-charset\x00\x05utf-8"
        b"\x48\x00\x1battributes-natural-language\x00\x02en"
        b"\x45\x00\x0bprinter-uri\x00\x09ipp://p/x"
        b"\x44\x00\x14requested-attributes\x00\x0dprinter-state"
        b"\x44\x00\x00\x00\x06copies"
        b"\x03"
    )


def test_job_attributes_have_their_own_group():
    made = request(Operation.PRINT_JOB, 1, "ipp://p/x", (), (Attribute("copies", ValueTag.INTEGER, (2,)),))
    assert made.endswith(b"\x02\x21\x00\x06copies\x00\x04\x00\x00\x00\x02\x03")


ANSWER = (
    b"\x01\x01\x00\x00\x00\x00\x00\x07"
    b"\x01\x47\x00\x12attributes-charset\x00\x05utf-8"
    b"\x04\x23\x00\x0dprinter-state\x00\x04\x00\x00\x00\x03"
    b"\x44\x00\x15printer-state-reasons\x00\x13media-empty-warning\x44\x00\x00\x00\x0atoner-low1"
    b"\x22\x00\x05color\x00\x01\x01"
    b"\x34\x00\x09media-col\x00\x00"
    b"\x4a\x00\x00\x00\x0amedia-size\x34\x00\x00\x00\x00\x4a\x00\x00\x00\x01x\x21\x00\x00\x00\x04\x00\x00\x00\x05"
    b"\x37\x00\x00\x00\x00\x37\x00\x00\x00\x00"
    b"\x35\x00\x04info\x00\x0b\x00\x02zh\x00\x05hello"
    b"\x10\x00\x07unknown\x00\x00"
    b"\x03"
)


def test_an_answer_with_lists_collections_and_languages():
    read = answer(ANSWER)
    assert (read.status, read.request_id) == (0, 7)
    printer = read.attributes(GroupTag.PRINTER)
    assert printer["printer-state"] == (3,)
    assert printer["printer-state-reasons"] == ("media-empty-warning", "toner-low1")
    assert printer["color"] == (True,)
    assert printer["info"] == ("hello",)
    assert read.attributes(GroupTag.JOB) == {}


@given(st.integers(0, len(ANSWER) - 1))
def test_a_cut_off_answer_is_none(length):
    with pytest.raises(IppError):
        answer(ANSWER[:length])


@given(st.binary(max_size=300))
def test_garbage_is_none_or_read_but_never_a_crash(data):
    for garbage in (data, ANSWER[:9] + data):
        with contextlib.suppress(IppError):
            answer(garbage)


@given(st.integers(0, len(ANSWER) - 1), st.integers(0, 255))
def test_one_wrong_byte_is_never_a_crash(at, byte):
    with contextlib.suppress(IppError):
        answer(ANSWER[:at] + bytes((byte,)) + ANSWER[at + 1 :])


@given(
    st.lists(st.text(max_size=20), min_size=1, max_size=4),
    st.lists(st.integers(-(2**31), 2**31 - 1), min_size=1, max_size=4),
)
def test_what_is_written_can_be_read(words, numbers):
    made = request(
        Operation.PRINT_JOB,
        1,
        "ipp://p/x",
        (Attribute("words", ValueTag.TEXT, words), Attribute("numbers", ValueTag.INTEGER, numbers)),
    )
    read = answer(made).attributes(GroupTag.OPERATION)
    assert read["words"] == tuple(words)
    assert read["numbers"] == tuple(numbers)


@pytest.mark.parametrize(
    ("reasons", "code", "paper"),
    [
        (("none",), None, Supply.FULL),
        ((), None, Supply.UNKNOWN),
        (("media-empty-report",), FaultCode.PAPER_OUT, Supply.OUT),
        (("media-needed",), FaultCode.PAPER_OUT, Supply.OUT),
        (("media-low-warning",), None, Supply.LOW),
        (("media-empty-error", "cover-open-error"), FaultCode.COVER_OPEN, Supply.OUT),
        (("door-open",), FaultCode.COVER_OPEN, Supply.FULL),
        (("media-jam-warning",), FaultCode.PRINTER_JAM, Supply.FULL),
        (("toner-empty",), FaultCode.TONER_OUT, Supply.FULL),
        (("marker-supply-empty-error",), FaultCode.TONER_OUT, Supply.FULL),
        (("toner-low-report", "com.example-strange"), None, Supply.FULL),
    ],
)
def test_reasons_by_their_beginning(reasons, code, paper):
    assert cause(reasons) is code
    assert supply(reasons) is paper


def test_a_reason_in_a_log_is_a_keyword():
    assert slug(("none", "media-jam-error")) == "media-jam-error"
    assert slug(("王测试 printed this",)) == "unknown"


@pytest.mark.parametrize(
    ("address", "uri"),
    [
        ("ipp://10.0.0.9/ipp/print", "ipp://10.0.0.9:631/ipp/print"),
        ("ipp://printer:8631/ipp/print", "ipp://printer:8631/ipp/print"),
        ("ipp://[::1]:631/ipp/print", "ipp://[::1]:631/ipp/print"),
    ],
)
def test_addresses(address, uri):
    assert place(address).uri == uri


@pytest.mark.parametrize("address", ["", "http://p/ipp", "ipp://p", "ipp:///ipp", "ipp://p:99999/x", "ipp://u:p@h/x"])
def test_wrong_addresses_are_a_setting(address):
    with pytest.raises(DriverError) as caught:
        place(address)
    assert caught.value.code is FaultCode.DEVICE_CONFIGURATION
