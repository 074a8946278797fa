"""Receipts as bytes: what is set in the printer's own type, what is drawn, and that no picture hides a command."""

import logging
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drivers.paper import Face, printable
from drivers.receipt_printer.grammar import clean_cut, job, laid_out, roll
from drivers.receipt_printer.layout import Gap, Masthead, QrBlock, Row, Stamp
from drivers.receipt_printer.raster import Raster, text_width
from drivers.receipt_printer.text import ChineseType, columns, encoded, row_bytes
from kiosk.contracts.printing import LineKind, PaperLine, Receipt

from .slips import slip

GBK = ChineseType.GBK
WIDTHS = pytest.mark.parametrize("width", [576, 384])


def layout(receipt: Receipt, width: int = 576, chinese: ChineseType = GBK):
    return laid_out(receipt, roll(width, chinese), chinese)


@pytest.mark.parametrize(
    ("text", "gbk", "gb18030"),
    [
        ("重庆", "d6d8 c7ec", "d6d8 c7ec"),
        ("，。（）", "a3ac a1a3 a3a8 a3a9", "a3ac a1a3 a3a8 a3a9"),
        ("￥100", "a3a4 313030", "a3a4 313030"),
        ("①", "a2d9", "a2d9"),
        ("䶮", None, "fe9f"),
        ("¥", None, None),
        ("𠮷", None, None),
        ("é", "a8a6", "a8a6"),
        ("€", None, "a2e3"),
    ],
)
def test_only_two_byte_codes_are_sent_as_text(text, gbk, gb18030):
    assert encoded(text, GBK) == (bytes.fromhex(gbk) if gbk else None)
    assert encoded(text, ChineseType.GB18030) == (bytes.fromhex(gb18030) if gb18030 else None)
    assert encoded(text, ChineseType.NONE) is None


def test_a_pair_reaches_from_margin_to_margin():
    line = row_bytes(Row("手机", "138****1234"), roll(576, GBK), GBK)
    assert line == b" \xca\xd6\xbb\xfa" + b" " * 31 + b"\x1b\x45\x01138****1234\x1b\x45\x00\n"


def test_a_job_begins_clean_and_ends_with_the_knife():
    slices = job(slip(), 576, GBK, cutter=True)
    assert slices[0].data.startswith(b"\x1b\x40\x1c\x26\x1b\x33\x28\x1d\x76\x30\x00")
    assert slices[-1].data.endswith(b"\x1d\x56\x42\x00") and clean_cut(cutter=True) == b"\x1d\x56\x42\x00"
    without = job(slip(), 384, GBK, cutter=False)
    assert without[-1].data.endswith(b"\x1b\x64\x05") and clean_cut(cutter=False) == b"\x1b\x64\x05"


def test_slices_are_short_enough_to_see_the_paper_end_between_them():
    assert len(job(slip(), 576, GBK, cutter=True)) > 3
    assert all(piece.dots <= 480 for piece in job(slip(), 576, ChineseType.NONE, cutter=True))


@settings(max_examples=30, deadline=None)
@given(
    st.text(alphabet="重庆𠮷䶮①￥¥王 01a\x1b\x10\x04\n", max_size=30),
    st.sampled_from([576, 384]),
    st.booleans(),
)
def test_no_command_comes_from_a_text_or_out_of_a_picture(company, width, reprint):
    for chinese in ChineseType:
        whole = b"".join(piece.data for piece in job(slip(company, reprint=reprint), width, chinese, cutter=True))
        assert not any(b"\x10" + second in whole for second in (b"\x04", b"\x05", b"\x14"))


@given(st.text(max_size=30))
def test_a_name_cannot_command_the_printer(text):
    line = row_bytes(Row(printable(text), "1"), roll(576, GBK), GBK)
    if line is not None:
        assert line.endswith(b"\x1b\x45\x011\x1b\x45\x00\n")
        assert all(byte >= 0x20 for byte in line[:-8])


@WIDTHS
@settings(max_examples=20, deadline=None)
@given(company=st.text(alphabet="重庆示例餐饮管理（集团）有限公司𠮷A1，", min_size=1, max_size=60))
def test_every_line_fits_the_roll(company, width):
    paper = roll(width, GBK)
    rows = [element for element in layout(slip(company), width) if isinstance(element, Row)]
    gap = 1 if width == 576 else 0
    for row in rows:
        assert columns(row.left) + columns(row.right) <= width // 12 - 2 * gap
        assert paper.measure_width % 12 == 0
        if row.left and row.right:
            assert columns(row.left) + columns(row.right) < paper.measure_width // 12


def test_a_long_company_wraps_in_its_column_and_stays_whole():
    company = "重庆市渝中区示例路第一国际餐饮管理咨询服务（集团）有限责任公司"
    rows = [element for element in layout(slip(company)) if isinstance(element, Row)]
    start = next(index for index, row in enumerate(rows) if row.left == "企业名称")
    assert not rows[start + 1].left
    assert rows[start].right + rows[start + 1].right == company


def test_numbered_lines_hang_under_their_words():
    rows = [element.left for element in layout(slip()) if isinstance(element, Row)]
    start = next(index for index, left in enumerate(rows) if left.startswith("2 带身份证"))
    assert rows[start + 1].startswith("  ") and not rows[start + 1].startswith("   ")


def test_the_stamp_stands_beside_the_code_where_there_is_room():
    assert not any(isinstance(element, Stamp) for element in layout(slip(), 576))
    assert any(isinstance(element, Stamp) for element in layout(slip(), 384))


def test_a_reprint_says_so():
    heads = [next(e for e in layout(slip(reprint=again)) if isinstance(e, Masthead)) for again in (False, True)]
    assert [head.tag for head in heads] == ["", "补打"]
    bare = layout(Receipt("x", (PaperLine(LineKind.TEXT, "一行"),), reprint=True))
    assert isinstance(bare[0], Masthead) and bare[0].tag == "补打" and isinstance(bare[1], Gap)


@WIDTHS
@pytest.mark.parametrize("payload", ["K", "QB1." + "0" * 60, "https://example.invalid/q?" + "a" * 200])
def test_the_qr_code_is_large_enough_and_has_its_quiet_zone(width, payload):
    receipt = Receipt("x", (PaperLine(LineKind.QR, payload), PaperLine(LineKind.TEXT, "文字")))
    block = next(element for element in layout(receipt, width) if isinstance(element, QrBlock))
    assert 200 <= block.side <= 288
    picture = Raster(roll(width, GBK)).draw(block)
    assert picture.width == width and picture.height == block.side + 2 * block.quiet


@pytest.mark.parametrize("chinese", list(ChineseType))
def test_pictures_are_black_and_white_and_as_wide_as_the_roll(chinese):
    paper = roll(576, chinese)
    for element in layout(slip(), 576, chinese):
        if not isinstance(element, Gap):
            picture = Raster(paper).draw(element)
            assert picture.mode == "1" and picture.width == 576
            assert not ink_outside(picture, paper.margin)


def ink_outside(picture: Image.Image, margin: int) -> bool:
    """Whether anything stands beyond the right margin."""
    return picture.crop((576 - margin, 0, 576, picture.height)).convert("L").getextrema()[0] == 0


def test_bold_mono_letters_are_half_as_wide_as_chinese():
    assert text_width("0" * 10, Face.MONO_BOLD, 24) == 120 == text_width("重" * 5, Face.MONO_BOLD, 24)


def test_the_library_leaves_logging_and_the_temporary_folder_alone(tmp_path):
    program = "import logging, drivers.receipt_printer.grammar\nassert not logging.getLogger().handlers\n"
    subprocess.run([sys.executable, "-c", program], check=True, env={"TMPDIR": str(tmp_path), "PATH": ""})
    assert not list(tmp_path.iterdir())
    assert logging.getLogger("escpos").handlers == []
