"""What stands on the paper, dot for dot against pictures that somebody has looked at.

The job's bytes are obeyed by the decoder of the virtual printer, which shares no code with the driver. After a wanted
change: ``python -m tests.unit.drivers.receipt_printer.test_golden`` draws the pictures anew; look at them.
"""

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from drivers.receipt_printer.grammar import job
from drivers.receipt_printer.text import ChineseType
from kiosk.contracts.printing import LineKind, PaperLine, Receipt
from tests.unit.drivers.virtual.test_escpos_interpreter import Printed

from .slips import PAYLOAD

FOLDER = Path(__file__).parent / "golden"
LONG_NAME = "阿卜杜热依木·麦麦提尼亚孜·艾合买提江·吐尔逊江·伊敏江"
CASES = [(width, chinese) for width in (576, 384) for chinese in ChineseType]
MOST_DOTS = 30  # another release of a rasteriser may move an edge; one wrong digit is more than that


def receipt() -> Receipt:
    """A slip with everything that goes wrong on other people's printers."""
    assert len(LONG_NAME) >= 28
    return Receipt(
        "golden",
        (
            PaperLine(LineKind.HEADING, "这一单"),
            PaperLine(LineKind.TEXT, "示例区政务服务中心"),
            PaperLine(LineKind.CODE, "K7P-428", "单号"),
            PaperLine(LineKind.PAIR, "重庆𠮷䶮㼆“好”餐饮管理有限公司", "企业名称"),
            PaperLine(LineKind.PAIR, LONG_NAME + "之子", "法定代表人"),
            PaperLine(LineKind.PAIR, "￥1,000,000.00", "注册资本"),
            PaperLine(LineKind.TEXT, "① 等短信；② 带身份证，到 3 号窗口领取。“一次”领齐，不用再排队——℡ ㎡ Ⅳ é"),
            PaperLine(LineKind.RULE),
            PaperLine(LineKind.STAMP, "11-23 10:41", "已受理"),
            PaperLine(LineKind.QR, PAYLOAD),
            PaperLine(LineKind.TEXT, "凭身份证或这个码查进度、来领取。"),
        ),
        reprint=True,
    )


def printed(width: int, chinese: ChineseType) -> Printed:
    data = b"".join(piece.data for piece in job(receipt(), width, chinese, cutter=False))
    return Printed(data, width, long_codes=chinese is ChineseType.GB18030)


def path(width: int, chinese: ChineseType) -> Path:
    return FOLDER / f"{'80' if width == 576 else '58'}mm-{chinese.value}.png"


@pytest.mark.parametrize(("width", "chinese"), CASES)
def test_the_paper_looks_as_it_was_approved(width: int, chinese: ChineseType) -> None:
    paper = printed(width, chinese)
    assert paper.unknown == []
    assert [data for _, data in paper.codes()] == [PAYLOAD.encode()]
    with Image.open(path(width, chinese)) as kept:
        approved = np.asarray(kept.convert("1")) == 0
    assert paper.rest.shape == approved.shape
    assert (paper.rest != approved).sum() <= MOST_DOTS


def test_a_wrong_character_would_be_seen() -> None:
    """The measure is sharp enough: one digit of one line more, and it is another picture."""
    right = printed(576, ChineseType.GBK)
    lines = tuple(PaperLine(o.kind, o.value.replace("1,000", "1,008"), o.label) for o in receipt().lines)
    data = b"".join(p.data for p in job(Receipt("golden", lines, True), 576, ChineseType.GBK, cutter=False))
    wrong = Printed(data, 576, long_codes=False)
    assert right.rest.shape == wrong.rest.shape
    assert (right.rest != wrong.rest).sum() > MOST_DOTS


if __name__ == "__main__":
    for each in CASES:
        Image.fromarray(~printed(*each).rest).save(path(*each), optimize=True)
    sys.stdout.write(f"{len(CASES)} pictures in {FOLDER}: look at them\n")
