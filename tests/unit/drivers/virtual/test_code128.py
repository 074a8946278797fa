"""Code 128 bars are read back by an independent decoder."""

import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from drivers.virtual.code128 import code128_modules

PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=24)


@given(PRINTABLE | st.from_regex(r"[A-Z]{0,3}[0-9]{1,20}[A-Z]?", fullmatch=True))
def test_a_decoder_reads_what_was_encoded(text: str) -> None:
    quiet = [False] * 12
    row = np.where(np.array(quiet + code128_modules(text) + quiet), 0, 255).astype(np.uint8)
    picture = np.ascontiguousarray(np.repeat(np.repeat(row[None, :], 60, axis=0), 3, axis=1))
    (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.Code128)
    assert found.bytes.decode("ascii") == text


def test_digits_go_two_by_two() -> None:
    assert len(code128_modules("0" * 20)) == (1 + 10 + 1) * 11 + 13


@pytest.mark.parametrize("text", ["", "重庆", "a\nb"])
def test_what_it_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        code128_modules(text)
