"""A tax device is wholly blank or wholly issued; everything in between must not be given away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.smart_card.apdu import MalformedRecordError, encode_tlv
from drivers.tax_device.record import parse_record
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus

NUMBER, USCC, HOLDER = b"661234567890", b"91500103MA5XTEST1W".replace(b"S", b"5"), "重庆示例科技有限公司"


def record(
    number: bytes = NUMBER, status: bytes = b"\x01", uscc: bytes = USCC, holder: bytes = HOLDER.encode("gb18030")
) -> bytes:
    return b"".join(encode_tlv(0x80 + i, value) for i, value in enumerate((number, status, uscc, holder)))


def test_issued() -> None:
    assert parse_record(record()) == TaxDeviceReadout("661234567890", TaxDeviceStatus.ISSUED, USCC.decode(), HOLDER)


@pytest.mark.parametrize("rest", [b"", encode_tlv(0x82, b"") + encode_tlv(0x83, b""), b"\xff" * 60, b"\x00" * 60])
def test_blank_with_or_without_erased_cells(rest: bytes) -> None:
    blank = encode_tlv(0x80, NUMBER) + encode_tlv(0x81, b"\x00") + rest
    assert parse_record(blank) == TaxDeviceReadout("661234567890", TaxDeviceStatus.BLANK)


@pytest.mark.parametrize(
    "half",
    [
        b"",
        record(number=b""),
        record(number=b"66123456789"),
        record(number="６６１２３４５６７８９０".encode()),
        record(status=b""),
        record(status=b"\x02"),
        record(status=b"\x00"),  # blank, yet it names a company
        record(uscc=b""),
        record(uscc=USCC[:17]),
        record(uscc=USCC.lower()),
        record(holder=b""),
        record(holder=HOLDER.encode("gb18030")[:-1]),
        record(holder=b" " + HOLDER.encode("gb18030")),
        record(holder=b"a\x00b"),
        record()[:-3],
        record()[:16] + b"\xff" * 40,
    ],
)
def test_half_written_or_malformed(half: bytes) -> None:
    with pytest.raises(MalformedRecordError):
        parse_record(half)


@given(st.integers(0, len(record()) - 1))
def test_power_lost_while_writing(cut: int) -> None:
    """The tail still shows erased cells: never an issued device with less than all it needs."""
    torn = record()[:cut] + b"\xff" * (len(record()) - cut)
    with pytest.raises(MalformedRecordError):
        parse_record(torn)


@given(st.binary(max_size=256))
def test_garbage(garbage: bytes) -> None:
    try:
        readout = parse_record(garbage)
    except MalformedRecordError:
        return
    assert readout.number.isdecimal()
