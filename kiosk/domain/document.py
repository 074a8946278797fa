"""Documents (文书) as data: what an office hands a person in writing, before anybody has chosen a paper or a printer.

A document holds no sentences of its own: it holds keys with figures, and what the person or the platform said.
Whoever shows it, asks for the words of one language.
"""

import enum
from dataclasses import dataclass

from .private import Private


class DocumentKind(enum.Enum):
    """Every document of an opening; the value is the key of its title."""

    QUEUE_TICKET = "queue_ticket"  # 取号单
    SLIP = "slip"  # 这一单
    MATERIAL_RECEIPT = "material_receipt"  # 收件凭证
    ACCEPTANCE_NOTICE = "acceptance_notice"  # 受理通知书
    ONE_TIME_NOTICE = "one_time_notice"  # 一次性告知书
    CORRECTION_NOTICE = "correction_notice"  # 补正通知书
    NON_ACCEPTANCE = "non_acceptance"  # 不予受理通知书
    REGISTRATION_NOTICE = "registration_notice"  # 登记通知书
    REFUSAL = "refusal"  # 不予登记通知书
    LICENCE_ORIGINAL = "licence_original"  # 营业执照正本
    LICENCE_COPY = "licence_copy"  # 营业执照副本
    HAND_OVER_SHEET = "hand_over_sheet"  # 领取签收单
    SEAL_DELIVERY = "seal_delivery"  # 印章交付单
    INVOICE_DEVICE = "invoice_device"  # 发票及税控设备领取单
    BANK_APPOINTMENT = "bank_appointment"  # 银行开户预约单
    FEEDBACK_SLIP = "feedback_slip"  # 意见反馈回执
    PERMIT_DUTIES = "permit_duties"  # 许可事项告知单
    STOCK_LIST = "stock_list"  # 库存清单
    STOCK_MOVEMENTS = "stock_movements"  # 当日出入库明细
    STOCK_RECONCILIATION = "stock_reconciliation"  # 日清日结表
    SHIFT_SHEET = "shift_sheet"  # 交接单
    SIGNING_LINK = "signing_link"  # 签字邀请单


class PaperSize(enum.Enum):
    """What it is printed on."""

    ROLL_58 = "58"
    ROLL_80 = "80"
    A4 = "A4"
    A4_LANDSCAPE = "A4-landscape"
    A3_LANDSCAPE = "A3-landscape"


class Reader(enum.Enum):
    """Who will read it; the words are the same, the persons in it are not."""

    CITIZEN = "citizen"  # 申请人自己的一份
    FILE = "file"  # 窗口留存
    PUBLIC = "public"  # 公开屏幕


class Language(enum.Enum):
    """Language of the labels; names and official texts stay Chinese."""

    ZH = "zh"
    EN = "en"


@dataclass(frozen=True, slots=True, repr=False)
class Word(Private):
    """A key of the words and what goes into their blanks."""

    key: str
    args: tuple[tuple[str, "Text"], ...] = ()


Text = str | Word  # a fact as it is, or words to be looked up


def word(key: str, **args: Text) -> Word:
    """Words with their blanks filled."""
    return Word(key, tuple(args.items()))


@dataclass(frozen=True, slots=True, repr=False)
class Line(Private):
    """A label and its value."""

    label: Word
    value: Text


@dataclass(frozen=True, slots=True, repr=False)
class Clause(Private):
    """A sentence that stands alone; ``number`` 0 means: not one of a list."""

    text: Text
    number: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Code(Private):
    """A code that people read aloud, set very large."""

    value: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """The official word that the platform has said, and when."""

    word: Word
    note: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Table(Private):
    """Rows under labelled columns, each as long as the head."""

    columns: tuple[Word, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True, repr=False)
class SignaturePlace(Private):
    """Where somebody signs and dates; ``name`` is already masked for the reader."""

    label: Word
    name: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class SealPlace(Private):
    """Where the office's seal goes (盖章处)."""

    office: str


Block = Line | Clause | Code | Stamp | Table | SignaturePlace | SealPlace


@dataclass(frozen=True, slots=True, repr=False)
class Section(Private):
    """Blocks that belong together, with or without a heading."""

    blocks: tuple[Block, ...]
    title: Word | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Document(Private):
    """One document for one reader. ``qr`` never says anything about a person; ``watermarks`` are keys of words that
    lie across every page: 草稿 for what was made without the platform, 样本 for what comes from a training hall."""

    kind: DocumentKind
    title: Word
    office: str
    number: str  # 办件编号, or what stands for it
    reader: Reader
    language: Language
    paper: PaperSize
    sections: tuple[Section, ...]
    copies: int = 1
    qr: str = ""
    watermarks: tuple[Word, ...] = ()
