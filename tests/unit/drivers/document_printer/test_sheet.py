"""The hand-over sheet: what a reader finds in its text layer, and what an eye finds on the paper."""

import io
import logging
import subprocess
import zlib
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from fontTools.cffLib import CFFFontSet  # type: ignore[import-untyped]
from PIL import Image

from drivers.document_printer import typefaces
from drivers.document_printer.sheet import pdf_of

from .sheets import PAYLOAD, ROWS, TITLE, sheet

EXACT = (
    TITLE,
    "91500105MA5U00001A",
    "500103202611230001",
    "K7P-428",
    "重庆示例餐饮管理有限公司",
    "王*试",
    "500103********0022",
    "法定代表人",
    "营业执照正本",
    "CQ5001030001234-1",
    "00123401 至 00123425",
    "661234567890",
    "以上 6 样，当面点清，核对一致，已经领取。",
    "2026 年 11 月 24 日 10:41",
    "1a2b3c4d5e6f7890",
    "统一社会信用代码",
)


@cache
def usual() -> bytes:
    return pdf_of(sheet())


def pages(pdf: bytes) -> list[str]:
    """The text layer as pdfium reads it."""
    document = pypdfium2.PdfDocument(pdf)
    texts = []
    for number in range(len(document)):
        page = document[number]
        layer = page.get_textpage()
        texts.append(layer.get_text_range())
        layer.close()
        page.close()
    document.close()
    return texts


def picture(pdf: bytes, number: int = 0, dpi: int = 200) -> np.ndarray:
    """A page as grey dots."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[number]
    bitmap = page.render(scale=dpi / 72, grayscale=True)
    dots = np.asarray(bitmap.to_pil().convert("L")).copy()
    bitmap.close()
    page.close()
    document.close()
    return dots


def part(dots: np.ndarray, left: float, top: float, right: float, bottom: float) -> np.ndarray:
    """A part of an A4 page, in millimetres."""
    scale = dots.shape[1] / 210
    return dots[round(top * scale) : round(bottom * scale), round(left * scale) : round(right * scale)]


def test_pdfium_reads_every_word_exactly():
    (text,) = pages(usual())
    assert [words for words in EXACT if words not in text] == []


def test_poppler_reads_every_word_exactly(tmp_path: Path):
    (tmp_path / "sheet.pdf").write_bytes(usual())
    run = subprocess.run(["pdftotext", "-raw", tmp_path / "sheet.pdf", "-"], check=True, capture_output=True)
    text = run.stdout.decode("utf-8")
    assert [words for words in EXACT if words not in text] == []


def test_rare_characters_are_shapes_and_text():
    pdf = pdf_of(sheet("重庆𠮷䶮㼆①￥有限公司"))
    assert "重庆𠮷䶮㼆①￥有限公司" in pages(pdf)[0]


def test_what_no_face_has_is_marked_and_nothing_is_logged(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.WARNING)
    pdf = pdf_of(sheet("重庆\U0003134a\x1b有限公司"))
    assert "重庆〓有限公司" in pages(pdf)[0]
    assert not caplog.records


def test_fonts_are_embedded_and_the_file_stays_small(tmp_path: Path):
    (tmp_path / "sheet.pdf").write_bytes(usual())
    run = subprocess.run(["pdffonts", tmp_path / "sheet.pdf"], check=True, capture_output=True, text=True)
    fonts = run.stdout.splitlines()[2:]
    assert len(fonts) == 3
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)
    assert len(usual()) < 150_000


def test_the_same_sheet_is_the_same_file():
    assert pdf_of(sheet()) == usual()


def test_the_code_is_read_from_the_paper():
    codes = zxingcpp.read_barcodes(picture(usual()))
    assert [code.text for code in codes] == [PAYLOAD]


def test_the_signature_stands_on_its_line_and_nowhere_else():
    with_ink, without = picture(usual()), picture(pdf_of(sheet(signature_png=b"")))
    changed = np.argwhere(np.abs(with_ink.astype(int) - without.astype(int)) > 60)
    millimetres = changed * 210 / with_ink.shape[1]
    assert len(changed) > 500
    assert millimetres[:, 1].min() > 20 and millimetres[:, 1].max() < 73
    assert np.ptp(millimetres[:, 0]) < 22


@pytest.mark.parametrize("broken", [b"not a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "too large", "empty"])
def test_a_signature_that_is_none_leaves_the_line_for_a_pen(broken: bytes | str):
    if isinstance(broken, str):
        out = io.BytesIO()
        Image.new("L", (5000, 5) if broken == "too large" else (50, 50), 0 if broken == "too large" else 255).save(
            out, "PNG"
        )
        broken = out.getvalue()
    assert pdf_of(sheet(signature_png=broken)) == pdf_of(sheet(signature_png=b""))


def test_margins_are_white():
    dots = picture(usual())
    assert part(dots, 0, 0, 19, 297).min() == 255
    assert part(dots, 191, 0, 210, 297).min() == 255
    assert part(dots, 0, 0, 210, 15).min() == 255
    assert part(dots, 0, 287, 210, 297).min() == 255


@pytest.mark.parametrize("count", [1, 9, 14, 50])
def test_however_many_articles_every_one_stands_on_a_page_with_its_signature(count: int):
    rows = tuple(("公章", f"SN{number:04d}", "1", "一致") for number in range(count))
    texts = pages(pdf_of(sheet(rows=rows)))
    whole = "".join(texts)
    assert [row[1] for row in rows if row[1] not in whole] == []
    assert "领取人签字" in texts[-1] and rows[-1][1] in texts[-1]
    assert all(f"第 {number} 页，共 {len(texts)} 页" in text for number, text in enumerate(texts, 1))
    assert all("K7P-428" in text for text in texts)
    last = picture(pdf_of(sheet(rows=rows)), len(texts) - 1, 100)
    assert part(last, 191, 0, 210, 297).min() == 255


def test_long_words_wrap_and_stay_whole():
    company = "重庆市渝中区示例路第一国际餐饮管理咨询服务（集团）有限责任公司重庆第二十分公司"
    rows = (("专用设备" * 6, "SERIAL-" + "0123456789" * 5, "一百二十五份整", "一致"), *ROWS)
    text = "".join(pages(pdf_of(sheet(company, rows)))[0].split())
    assert company in text
    assert part(picture(pdf_of(sheet(company, rows))), 191, 0, 210, 297).min() == 255


def _faces(pdf: bytes) -> list[set[str]]:
    """The names of the glyphs in each face that the file carries."""
    found = []
    for piece in pdf.split(b"/CIDFontType0C")[1:]:
        data = zlib.decompressobj().decompress(piece[piece.index(b"stream\n") + 7 :])
        cff = CFFFontSet()
        cff.decompile(io.BytesIO(data), None)
        found.append(set(cff[0].getGlyphOrder()))
    return found


def test_a_further_document_reads_no_face_again_and_carries_nothing_of_the_one_before():
    usual()
    read = typefaces._read.cache_info().misses
    with_names, plain = _faces(pdf_of(sheet("重庆魑魅魍魉有限公司"))), _faces(usual())
    again = _faces(pdf_of(sheet()))
    assert typefaces._read.cache_info().misses == read
    assert again == plain
    assert len(with_names[0] - plain[0]) == 4
