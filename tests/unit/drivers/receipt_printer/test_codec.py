"""Answers of ESC/POS printers, bit by bit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.receipt_printer.codec import (
    AnswerDecoder,
    AutoStatus,
    BarrierReached,
    PrinterStatus,
    RealTime,
    status_from_real_time,
)
from kiosk.contracts.device import Supply
from kiosk.faults import FaultCode


@pytest.mark.parametrize(
    ("answers", "fault", "supply"),
    [
        ((0x12, 0x12, 0x12, 0x12), None, Supply.FULL),
        ((0x16, 0x12, 0x12, 0x12), None, Supply.FULL),  # drawer contact, nobody's business
        ((0x12, 0x12, 0x12, 0x1E), None, Supply.LOW),
        ((0x1A, 0x32, 0x12, 0x72), FaultCode.PAPER_OUT, Supply.OUT),
        ((0x1A, 0x32, 0x12, 0x7E), FaultCode.PAPER_OUT, Supply.OUT),
        ((0x1A, 0x16, 0x12, 0x12), FaultCode.COVER_OPEN, Supply.FULL),
        ((0x1A, 0x36, 0x12, 0x7E), FaultCode.COVER_OPEN, Supply.OUT),
        ((0x1A, 0x52, 0x1A, 0x12), FaultCode.CUTTER_JAM, Supply.FULL),
        ((0x1A, 0x52, 0x32, 0x12), FaultCode.DEVICE_FAILED, Supply.FULL),
        ((0x1A, 0x52, 0x52, 0x12), FaultCode.PRINTER_OVERHEATED, Supply.FULL),
        ((0x1A, 0x52, 0x16, 0x12), FaultCode.PRINTER_JAM, Supply.FULL),
        ((0x1A, 0x1A, 0x12, 0x12), FaultCode.DEVICE_BUSY, Supply.FULL),
        ((0x1A, 0x12, 0x12, 0x12), FaultCode.DEVICE_FAILED, Supply.FULL),
    ],
)
def test_four_bytes_say_why_it_cannot_print(answers, fault, supply):
    status = status_from_real_time(*answers)
    assert status.fault() is fault
    assert status.supply() is supply


@pytest.mark.parametrize(
    ("pushed", "status"),
    [
        ("10 00 00 00", PrinterStatus()),
        ("14 00 00 00", PrinterStatus()),
        ("18 00 0c 00", PrinterStatus(offline=True, paper_end=True)),
        ("38 00 00 00", PrinterStatus(offline=True, cover_open=True)),
        ("10 00 03 00", PrinterStatus(near_end=True)),
        ("18 08 00 00", PrinterStatus(offline=True, cutter_error=True)),
        ("18 20 00 00", PrinterStatus(offline=True, unrecoverable=True)),
        ("18 40 00 00", PrinterStatus(offline=True, overheated=True)),
        ("18 04 00 00", PrinterStatus(offline=True, mechanical=True)),
        ("58 00 00 00", PrinterStatus(offline=True, feed_pressed=True)),
    ],
)
def test_pushed_status(pushed, status):
    assert AnswerDecoder().feed(bytes.fromhex(pushed)) == (AutoStatus(status),)


def test_answers_of_three_kinds_in_one_breath():
    mixed = bytes.fromhex("11 12 00 18 13 00 12 0c 11 00 0c")
    assert AnswerDecoder().feed(mixed) == (
        RealTime(0x12),
        BarrierReached(paper_end=False),
        RealTime(0x12),
        AutoStatus(PrinterStatus(offline=True, paper_end=True)),
        BarrierReached(paper_end=True),
    )


def test_a_push_that_was_cut_off_gives_way_to_the_next():
    assert AnswerDecoder().feed(bytes.fromhex("18 00 10 00 00 00")) == (AutoStatus(PrinterStatus()),)


@given(st.binary(max_size=60), st.integers(0, 60))
def test_portions_do_not_matter(data, cut):
    whole, parts = AnswerDecoder(), AnswerDecoder()
    assert whole.feed(data) == parts.feed(data[:cut]) + parts.feed(data[cut:])


@given(st.binary(max_size=60).filter(lambda data: not any(byte & 0x80 == 0 for byte in data)))
def test_line_noise_is_no_answer(noise):
    assert AnswerDecoder().feed(noise) == ()
