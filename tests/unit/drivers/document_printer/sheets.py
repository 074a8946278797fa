"""Hand-over sheets to print in tests."""

import io
from datetime import datetime, timedelta, timezone

from PIL import Image, ImageDraw

from kiosk.contracts.printing import HandoverSheet, SheetRow

PAYLOAD = "QB1.01J9ZQ8Y7M6N5P4R3S2T1V0W9X.K7P-428.0a1b2c3d"
ROWS = (
    SheetRow("营业执照正本", "CQ5001030001234", "1", "一致"),
    SheetRow("营业执照副本", "CQ5001030001234-1", "1", "一致"),
    SheetRow("公章", "5001030012345", "1", "一致"),
    SheetRow("法定代表人名章", "5001030012348", "1", "一致"),
    SheetRow("发票", "00123401 至 00123425", "25 份", "一致"),
    SheetRow("税控设备", "661234567890", "1", "一致"),
)


def signature() -> bytes:
    """A few strokes on a transparent ground, as the signing pad gives them."""
    picture = Image.new("RGBA", (600, 240), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line([(60, 60), (300, 200), (540, 40)], fill=(20, 20, 30, 255), width=10)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def sheet(
    company: str = "重庆示例餐饮管理有限公司", rows: tuple[SheetRow, ...] = ROWS, signature_png: bytes | None = None
) -> HandoverSheet:
    """A sheet with everything on it."""
    return HandoverSheet(
        job="test",
        site_name="示例区政务服务中心",
        window="3 号窗口",
        case_no="500103202611230001",
        slip_code="K7P-428",
        company=company,
        uscc="91500105MA5U00001A",
        receiver="王*试",
        receiver_number="500103********0022",
        relation="法定代表人",
        rows=rows,
        handed_at=datetime(2026, 11, 24, 10, 41, tzinfo=timezone(timedelta(hours=8))),
        clerk="周示例　0317",
        signature_png=signature() if signature_png is None else signature_png,
        audit_head="1a2b3c4d5e6f7890",
        qr=PAYLOAD,
    )
