"""Articles (发放物): what is handed over at the window, each exactly once."""

import enum
from dataclasses import dataclass

from .ids import ArticleId, BatchId, UnitId
from .item import Item


class ArticleKind(enum.Enum):
    """What it is; seals carry their use beside the kind."""

    LICENCE_ORIGINAL = "licence_original"  # 营业执照正本
    LICENCE_COPY = "licence_copy"  # 副本
    SEAL = "seal"
    INVOICE_VOLUME = "invoice_volume"
    TAX_DEVICE = "tax_device"


class SealUse(enum.Enum):
    """印章用途."""

    COMPANY = "seal_company"  # 公章
    FINANCE = "seal_finance"  # 财务专用章
    INVOICE = "seal_invoice"  # 发票专用章
    LEGAL_REP = "seal_legal_rep"  # 法定代表人名章
    CONTRACT = "seal_contract"  # 合同专用章


class ArticleState(enum.Enum):
    """Life of an article; only the platform writes it."""

    PLANNED = "PLANNED"
    PREPARED = "PREPARED"
    HANDED_OVER = "HANDED_OVER"


@dataclass(frozen=True, slots=True)
class Article:
    """One thing to hand over and the number by which it is recognised.

    ``serial`` is what a scan of the thing must give: paper serial, seal code, first invoice number, device number.
    An invoice volume stands for the range ``first_no`` … ``first_no + count - 1`` of its batch.
    """

    id: ArticleId
    kind: ArticleKind
    item: Item
    state: ArticleState
    serial: str = ""
    use: SealUse | None = None
    unit_id: UnitId | None = None
    batch_id: BatchId | None = None
    first_no: int | None = None
    count: int = 1
    place: str = ""  # shelf or locker in the custody store (保管库)
