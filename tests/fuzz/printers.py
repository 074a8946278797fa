"""Printers: what they say, and what is laid out for them."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from PIL import Image

from drivers.document_printer import ipp
from drivers.document_printer.pen import BODY, TITLE, Pen, ink_of
from drivers.document_printer.reasons import cause, slug, supply
from drivers.document_printer.sheet import pdf_of
from drivers.receipt_printer.codec import AnswerDecoder, AutoStatus, BarrierReached, PrinterStatus, RealTime
from drivers.receipt_printer.grammar import job, laid_out, roll
from drivers.receipt_printer.layout import Row
from drivers.receipt_printer.text import CELL, ChineseType, columns, row_bytes
from drivers.virtual.escpos_commands import CommandStream, Unknown
from kiosk.contracts.printing import LineKind, PaperLine, Receipt
from kiosk.domain.paper import Grid, Pair, Paragraph, SheetPart
from tests.unit.drivers.document_printer.sheets import sheet, signature

IPP_ERRORS = (ipp.IppError,)
_FINE, _PUSH, _BARRIER = b"\x12", b"\x10\x00\x00\x00", b"\x00"
_ROLLS = tuple((roll(width, type_), type_) for width in (576, 384) for type_ in ChineseType)
_KINDS = tuple(LineKind)
_decoder = AnswerDecoder()


def status_seeds() -> Sequence[bytes]:
    """DLE EOT, automatic status and ordered status, one behind the other and in one another."""
    return (
        _FINE * 4,
        _PUSH,
        _BARRIER,
        b"\x1e\x32\x12\x72",
        b"\x38\x00\x0c\x00" + _BARRIER,
        b"\x11" + _PUSH + b"\x13",
    )


def status(data: bytes) -> None:
    """Every byte is an answer, a part of one, or nothing; afterwards a good answer is still understood."""
    for answer in _decoder.feed(data):
        assert isinstance(answer, RealTime | AutoStatus | BarrierReached)
        if isinstance(answer, AutoStatus):
            answer.status.fault()
            answer.status.supply()
    assert _decoder.feed(_PUSH)[-1] == AutoStatus(PrinterStatus())


def _item(tag: int, name: bytes, value: bytes) -> bytes:
    return bytes((tag,)) + len(name).to_bytes(2, "big") + name + len(value).to_bytes(2, "big") + value


def ipp_seeds() -> Sequence[bytes]:
    """Answers of printers and about jobs, with several values, with languages, with collections."""
    head = b"\x01\x01\x00\x00\x00\x00\x00\x07\x01" + _item(0x47, b"attributes-charset", b"utf-8")
    printer = (
        _item(0x23, b"printer-state", b"\0\0\0\x05")
        + _item(0x44, b"printer-state-reasons", b"media-empty-error")
        + _item(0x44, b"", b"media-needed-error")
        + _item(0x35, b"printer-make-and-model", b"\0\x02zh\0\x03A4!")
        + _item(0x34, b"media-col", b"")
        + _item(0x4A, b"", b"media-source")
        + _item(0x44, b"", b"tray-1")
        + _item(0x37, b"", b"")
        + _item(0x22, b"color-supported", b"\x01")
    )
    job_ = _item(0x21, b"job-id", b"\0\0\0\x2a") + _item(0x23, b"job-state", b"\0\0\0\x09")
    return head + b"\x04" + printer + b"\x03", head + b"\x02" + job_ + b"\x03", head + b"\x03"


def ipp_answer(data: bytes) -> None:
    """An answer and what is read in it."""
    for _, attributes in ipp.answer(data).groups:
        words = tuple(v for values in attributes.values() for v in values if isinstance(v, str))
        cause(words)
        supply(words)
        assert len(slug(words)) <= 40


def line_seeds() -> Sequence[bytes]:
    """What people and departments write, rare characters and signs among it."""
    texts = (
        "重庆示例餐饮管理有限公司", "重庆𠮷䶮㼆①￥“引号”有限公司", "阿卜杜热依木·麦麦提尼亚孜·艾合买提江·吐尔逊江",
        "1 等短信，最迟明天 18:00。", "② 带身份证，到 3 号窗口领取执照、印章、发票、设备。",
        "91500105MA5U00001A 至 00123425",
        "QB1.01J9ZQ8Y7M6N5P4R3S2T1V0W9X.K7P-428.0a1b2c3d",
        "《企业登记条例》第三条（一）……", "\t \u3000", "", "é € ｱ 👩‍👩‍👧 \u202e\u200b",
    )  # fmt: skip
    return tuple(bytes((number,)) + text.encode() for number, text in enumerate(texts * 3))


def _text(data: bytes) -> str:
    return data[1:240].decode("utf-8", "replace")


def _line(data: bytes) -> PaperLine:
    kind = _KINDS[(data[0] if data else 0) % len(_KINDS)]
    text = _text(data)
    label, _, value = text.partition("，")
    return PaperLine(kind, value, label) if value else PaperLine(kind, text)


def receipt_line(data: bytes) -> None:
    """One line on every roll: no row of the printer's own type is wider than the paper."""
    paper, chinese = _ROLLS[(data[1] if len(data) > 1 else 0) % len(_ROLLS)]
    for element in laid_out(Receipt("fuzz", (_line(data),)), paper, chinese):
        if isinstance(element, Row) and (row := row_bytes(element, paper, chinese)) is not None:
            assert b"\x10" not in row and row.endswith(b"\n")
            assert columns(element.left + element.right) * CELL <= paper.measure_width


def receipt_job(data: bytes) -> None:
    """A whole receipt, read back by the decoder of the printer at the other end: nothing in it is unknown."""
    paper, chinese = _ROLLS[(data[0] if data else 0) % len(_ROLLS)]
    lines = (PaperLine(LineKind.HEADING, "这一单"), _line(data), PaperLine(LineKind.TEXT, _text(data)))
    stream = CommandStream(long_codes=chinese is ChineseType.GB18030)
    for piece in job(Receipt("fuzz", lines), paper.width, chinese, cutter=True):
        stream.feed(piece.data)
    unknown = [piece for piece in stream.pieces() if isinstance(piece, Unknown)]
    assert not unknown, unknown[:3]
    assert not stream.rest()


@cache
def _pen() -> Pen:
    pen = Pen("fuzz", "zh", datetime(2026, 11, 24, tzinfo=UTC))
    pen.page(210.0, 297.0)
    return pen


def sheet_line(data: bytes) -> None:
    """Lines of running text on a sheet: none is wider than its column, unless one character alone is."""
    text = _text(data)
    for line in _pen().lines(text, BODY, 60.0):
        assert len(line) <= 1 or _pen().width(line, BODY) <= 60.0 + 1e-6
    _pen().width(text, TITLE)


def sheet_pdf(data: bytes) -> None:
    """A whole sheet in which everything that can be said is that text."""
    text = _text(data)
    parts = (
        SheetPart((Pair(text, text), Paragraph(text, 1), Paragraph(text, loud=True)), text),
        SheetPart((Grid(("甲", text[:40]), ((text, "1"), ("2", text))),)),
    )
    made = pdf_of((replace(sheet()[0], title=text[:30] or "单", head=(Pair("办件编号", text),), parts=parts),))
    assert made.startswith(b"%PDF-") and made.rstrip().endswith(b"%%EOF")


@cache
def ink_seeds() -> Sequence[bytes]:
    """Signatures as the screen gives them: with alpha, grey, with a palette, interlaced or not."""
    made = [signature()]
    for mode in ("L", "P", "1", "LA"):
        out = io.BytesIO()
        picture = Image.new(mode, (60, 24), 0)
        picture.putpixel((30, 12), (200, 255) if mode == "LA" else 1)
        picture.save(out, "PNG")
        made.append(out.getvalue())
    return tuple(made)


def ink(data: bytes) -> None:
    """A signature on a sheet: the ink in it, or nothing."""
    found = ink_of(data)
    assert found is None or (found.mode == "L" and min(found.size) > 0)
