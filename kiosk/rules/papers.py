"""What stands on paper: the citizen's slip after submission and the sheet of the hand-over, as data.

Papers are official and therefore Chinese. People are masked, the QR holds no personal data.
"""

from datetime import datetime

from kiosk.domain.article import Article, ArticleKind, SealUse
from kiosk.domain.case import OpeningCase
from kiosk.domain.paper import HandoverSheet, LineKind, PaperLine, Receipt, SheetRow
from kiosk.domain.person import Person
from kiosk.domain.private import mask_name, mask_number, mask_phone

from .slip import ACCEPTED_STATES
from .slip_code import slip_payload

SEAL_NAMES = {
    SealUse.COMPANY: "公章",
    SealUse.FINANCE: "财务专用章",
    SealUse.INVOICE: "发票专用章",
    SealUse.LEGAL_REP: "法定代表人名章",
    SealUse.CONTRACT: "合同专用章",
}
ARTICLE_NAMES = {
    ArticleKind.LICENCE_ORIGINAL: "营业执照正本",
    ArticleKind.LICENCE_COPY: "营业执照副本",
    ArticleKind.INVOICE_VOLUME: "发票",
    ArticleKind.TAX_DEVICE: "税控设备",
}


def article_name(article: Article) -> str:
    """The name of an article on paper."""
    if article.kind is ArticleKind.SEAL and article.use is not None:
        return SEAL_NAMES[article.use]
    return ARTICLE_NAMES.get(article.kind, "印章")


def article_number(article: Article) -> str:
    """The number by which an article is recognised; an invoice volume says its range."""
    if article.kind is ArticleKind.INVOICE_VOLUME and article.first_no is not None:
        return f"{article.first_no:08d} 至 {article.first_no + article.count - 1:08d}"
    return article.serial


def day_and_hour(at: datetime) -> str:
    """11 月 24 日 18:00."""
    return f"{at.month} 月 {at.day} 日 {at:%H:%M}"


def submission_receipt(
    case: OpeningCase,
    site: str,
    phone: str,
    at: datetime,
    sent: bool,
    applicant: Person | None,
    *,
    reprint: bool = False,
    audit_head: str = "",
) -> Receipt:
    """The slip that a citizen takes home; its words say only what is true at this moment.

    ``audit_head``: the first characters of the terminal's audit head; on paper it leaves the machine, so that a trail
    that was cut off behind it is found.
    """
    accepted = case.state in ACCEPTED_STATES and case.accepted_at is not None
    lines = [
        PaperLine(LineKind.HEADING, "这一单"),
        PaperLine(LineKind.TEXT, site),
        PaperLine(LineKind.RULE),
        PaperLine(LineKind.CODE, case.slip_code, "单号"),
        PaperLine(LineKind.PAIR, case.form.name.full, "企业名称"),
        PaperLine(LineKind.PAIR, _items(case), "办理事项"),
    ]
    if applicant is not None:
        lines.append(PaperLine(LineKind.PAIR, mask_name(applicant.name), "申请人"))
        if applicant.phone:
            lines.append(PaperLine(LineKind.PAIR, mask_phone(applicant.phone), "短信发到"))
    if case.case_no:
        lines.append(PaperLine(LineKind.PAIR, case.case_no, "办件编号"))
    lines.append(PaperLine(LineKind.PAIR, f"{at:%Y-%m-%d %H:%M}", "提交时间"))
    if case.due_at is not None:
        lines.append(PaperLine(LineKind.PAIR, day_and_hour(case.due_at), "最迟办好"))
    lines.append(PaperLine(LineKind.RULE))
    if accepted and case.accepted_at is not None:
        lines.append(PaperLine(LineKind.STAMP, f"{case.accepted_at:%m-%d %H:%M}", "已受理"))
    elif sent:
        lines.append(PaperLine(LineKind.TEXT, "已送出。窗口受理后，短信通知您。"))
    else:
        lines.append(PaperLine(LineKind.TEXT, "已保存，联网后自动送出。受理后才算办成。"))
    if audit_head:
        lines.append(PaperLine(LineKind.PAIR, audit_head, "存证"))
    lines += [
        PaperLine(LineKind.QR, slip_payload(case.id, case.slip_code)),
        PaperLine(LineKind.TEXT, "凭身份证或这个码查进度、来领取。"),
        PaperLine(LineKind.PAIR, phone, "咨询、监督"),
    ]
    return Receipt(f"{case.id}-receipt", tuple(lines), reprint)


def _items(case: OpeningCase) -> str:
    names = {"SETUP": "执照", "SEAL": "印章", "INVOICE": "发票", "SOCIAL": "社保", "FUND": "公积金", "BANK": "银行"}
    return "、".join(names[item.value] for item in case.form.items)


def handover_sheet(
    case: OpeningCase,
    recipient: Person,
    relation: str,
    site: str,
    window: str,
    clerk: str,
    at: datetime,
    signature_png: bytes,
    audit_head: str = "",
) -> HandoverSheet:
    """领取签收单 for everything that was handed over in one transaction."""
    rows = tuple(
        SheetRow(
            article_name(a),
            article_number(a),
            f"{a.count} 份" if a.kind is ArticleKind.INVOICE_VOLUME else "1",
            "一致",
        )
        for a in case.articles
    )
    return HandoverSheet(
        job=f"{case.id}-handover",
        site_name=site,
        window=window,
        case_no=case.case_no or "",
        slip_code=case.slip_code,
        company=case.form.name.full,
        uscc=case.uscc,
        receiver=mask_name(recipient.name),
        receiver_number=mask_number(recipient.cert_no),
        relation=relation,
        rows=rows,
        handed_at=at,
        clerk=clerk,
        signature_png=signature_png,
        audit_head=audit_head,
        qr=slip_payload(case.id, case.slip_code),
    )
