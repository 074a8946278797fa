"""Receipts to print in tests."""

from kiosk.contracts.printing import LineKind, PaperLine, Receipt

PAYLOAD = "QB1.01J9ZQ8Y7M6N5P4R3S2T1V0W9X.K7P-428.0a1b2c3d"


def slip(company: str = "重庆示例餐饮管理有限公司", *, reprint: bool = False) -> Receipt:
    """The slip of a submission, every kind of line in it."""
    lines = (
        PaperLine(LineKind.HEADING, "这一单"),
        PaperLine(LineKind.TEXT, "示例区政务服务中心"),
        PaperLine(LineKind.RULE),
        PaperLine(LineKind.CODE, "K7P-428", "单号"),
        PaperLine(LineKind.PAIR, company, "企业名称"),
        PaperLine(LineKind.PAIR, "138****1234", "短信发到"),
        PaperLine(LineKind.PAIR, "11 月 24 日 18:00", "最迟办好"),
        PaperLine(LineKind.RULE),
        PaperLine(LineKind.STAMP, "11-23 10:41", "已受理"),
        PaperLine(LineKind.HEADING, "接下来"),
        PaperLine(LineKind.TEXT, "1 等短信，最迟明天 18:00。"),
        PaperLine(LineKind.TEXT, "2 带身份证，到 3 号窗口领取，执照、印章、发票、设备一次领齐，不用再排队。"),
        PaperLine(LineKind.QR, PAYLOAD),
        PaperLine(LineKind.TEXT, "凭身份证或这个码查进度、来领取。"),
        PaperLine(LineKind.PAIR, "023-0000-0000", "咨询、监督"),
    )
    return Receipt("test", lines, reprint)
