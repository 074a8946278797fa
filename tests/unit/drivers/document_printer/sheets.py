"""Sheets to print in tests."""

import io
from datetime import datetime, timedelta, timezone

from PIL import Image, ImageDraw

from kiosk.domain.document import PaperSize
from kiosk.domain.paper import Grid, Pair, Paragraph, SealMark, Sheet, SheetPart, SignLine

PAYLOAD = "QB1.01J9ZQ8Y7M6N5P4R3S2T1V0W9X.K7P-428.0a1b2c3d"
TITLE = "领取签收单"
Row = tuple[str, str, str, str]
ROWS: tuple[Row, ...] = (
    ("营业执照正本", "CQ5001030001234", "1", "一致"),
    ("营业执照副本", "CQ5001030001234-1", "1", "一致"),
    ("公章", "5001030012345", "1", "一致"),
    ("法定代表人名章", "5001030012348", "1", "一致"),
    ("发票", "00123401 至 00123425", "25 份", "一致"),
    ("税控设备", "661234567890", "1", "一致"),
)


def signature() -> bytes:
    """A few strokes on a transparent ground, as the signing pad gives them."""
    picture = Image.new("RGBA", (600, 240), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line([(60, 60), (300, 200), (540, 40)], fill=(20, 20, 30, 255), width=10)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def sheet(
    company: str = "重庆示例餐饮管理有限公司", rows: tuple[Row, ...] = ROWS, signature_png: bytes | None = None
) -> tuple[Sheet, ...]:
    """One copy of a sheet with everything on it."""
    ink = signature() if signature_png is None else signature_png
    parts = (
        SheetPart((
            Pair("企业名称", company), Pair("统一社会信用代码", "91500105MA5U00001A"), Pair("领取人", "王*试"),
            Pair("领取人证件", "500103********0022"), Pair("与企业关系", "法定代表人"),
        )),
        SheetPart((Grid(("序号", "领取的东西", "编号", "数量", "核对"), numbered(rows)),), "领取清单"),
        SheetPart((
            Paragraph(f"以上 {len(rows)} 样，当面点清，核对一致，已经领取。"), Pair("存证", "1a2b3c4d5e6f7890"),
        )),
        SheetPart((
            SignLine("领取人签字", "王*试", "2026 年 11 月 24 日", ink), SignLine("窗口人员签字", "0317"),
            SealMark("盖章处", "示例区政务服务中心"),
        )),
    )  # fmt: skip
    made = Sheet(
        job="test", paper=PaperSize.A4, language="zh",
        made_at=datetime(2026, 11, 24, 10, 41, tzinfo=timezone(timedelta(hours=8))),
        office="示例区政务服务中心", service="企业开办", title=TITLE, continued="（续）", number="K7P-428",
        head=(
            Pair("办件编号", "500103202611230001"), Pair("单号", "K7P-428"),
            Pair("出具时间", "2026 年 11 月 24 日 10:41"),
        ),
        parts=parts, foot=(Pair("窗口", "3 号窗口"), Pair("窗口电话", "023-60000000")),
        page="第 {page} 页，共 {pages} 页", qr=PAYLOAD, qr_note="码里没有个人信息。",
    )  # fmt: skip
    return (made,)


def numbered(rows: tuple[Row, ...]) -> tuple[tuple[str, ...], ...]:
    """Rows with their numbers in front."""
    return tuple((str(at), *row) for at, row in enumerate(rows, 1))
