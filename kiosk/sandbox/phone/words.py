"""The words of the phone pages: Chinese first, English below."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in both languages."""

    zh: str
    en: str


ROLES = {
    "legal_rep": "法定代表人", "shareholder": "股东", "director": "董事", "supervisor": "监事", "manager": "经理",
    "finance_officer": "财务负责人", "liaison": "联络员", "tax_handler": "办税人", "agent": "经办人",
}  # fmt: skip
OPERATOR = "经营者"  # who is called the legal representative elsewhere, in an individual business
ITEMS = {
    "SETUP": "设立登记", "SEAL": "刻制印章", "INVOICE": "申领发票", "SOCIAL": "就业社保登记",
    "FUND": "公积金缴存登记", "BANK": "银行开户预约",
}  # fmt: skip
COMPANY_TYPES = {
    "1130": "有限责任公司（自然人投资或控股）", "1151": "有限责任公司（自然人独资）", "9999": "个体工商户",
}  # fmt: skip
CERTIFICATES = {"111": "居民身份证", "154": "港澳台居民居住证", "553": "外国人永久居留身份证"}

REFUSALS = {  # why a page cannot go on, by problem; what to do next stands in the same sentence
    "not-found": Words(
        "链接无效。请使用短信中的完整链接，或请办理人重新发送。",
        "This link is not valid. Use the whole link of the message, or ask for a new one.",
    ),
    "code-expired": Words(
        "链接已失效。请办理人重新发送。", "This link is no longer good. Ask for a new one.",
    ),
    "code-used": Words("已经办好了，无需再次操作。", "This is done already. There is nothing more to do."),
    "too-late": Words(
        "申请已提交或已结束，现在不能再改。", "The application is submitted or over; nothing can be changed now.",
    ),
    "too-large": Words(
        "文件超过 10 MB。请拍小一些再发。", "The file is larger than 10 MB. Please send a smaller one.",
    ),
    "unsupported-media-type": Words(
        "只能发送 JPEG、PNG 照片或 PDF 文件。", "Only JPEG or PNG pictures and PDF files can be sent.",
    ),
    "consent-required": Words("请先勾选同意。", "Please agree first."),
    "verification-required": Words(
        "身份核验未通过。请到大厅窗口办理。", "Your identity could not be confirmed. Please come to a window.",
    ),
    "store-unavailable": Words("系统忙，请稍后再试。", "The system is busy. Please try again in a moment."),
}  # fmt: skip
SIGNING = {  # on the signing page itself, where the link was good a moment ago
    "not-found": Words(
        "姓名或证件号码与受邀签字人不一致，或链接已关闭。请核对后再试，多次不一致将关闭链接。",
        "This is not the person who was invited, or the link is closed. Check name and number; several wrong tries "
        "close the link.",
    ),
    "who": Words("请填写姓名和证件号码。", "Please fill in name and document number."),
    "pad": Words("请在签名区写下您的姓名。", "Please write your name in the box."),
}  # fmt: skip
ANY_REFUSAL = Words("没有成功，请稍后再试。", "That did not work. Please try again in a moment.")
