"""What may stand on paper, and QR codes as modules."""

import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from drivers import paper
from drivers.errors import DriverError
from drivers.paper import Face, printable, qr_modules
from kiosk.faults import FaultCode


def test_rare_characters_and_signs_stay():
    assert printable("𠮷䶮①￥¥，。（）　a") == "𠮷䶮①￥¥，。（）　a"


def test_commands_and_invisible_marks_go():
    assert printable("\x1b@\x10\x04\x01王\u202e\u200b\ufe0f\U000e0100\ud800") == "@王"
    assert printable("a\tb\r\nc") == "a b  c"


def test_what_no_face_has_is_a_missing_sort():
    assert printable("x\U0003134a") == "x〓"


@given(st.text(max_size=60))
def test_whatever_comes_can_be_set(text):
    out = printable(text)
    assert all(ord(char) in paper.known(Face.SANS) or char == " " for char in out)
    assert printable(out) == out


@given(st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=200))
def test_qr_reads_back(payload):
    modules = np.kron(np.array(qr_modules(payload), dtype=bool), np.ones((4, 4), dtype=bool))
    picture = np.pad(np.where(modules, 0, 255).astype(np.uint8), 16, constant_values=255)
    found = zxingcpp.read_barcodes(picture)
    assert [code.text for code in found] == [payload]


def test_a_missing_font_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(paper, "FONT_FOLDERS", (tmp_path,))
    with pytest.raises(DriverError) as caught:
        _ = Face.SERIF_BOLD.path
    assert caught.value.code is FaultCode.DEVICE_CONFIGURATION
    assert caught.value.details == {"missing": "NotoSerifCJK-Bold.ttc"}
