"""Numbers on the things that are handed over: seal codes, tax-control devices, invoices and their ranges.

What nobody publishes is not invented here: a seal code is an opaque row of digits, a device number is what the site's
configuration says it looks like. Neither has a check digit that could be computed.
"""

import enum
import re
from dataclasses import dataclass

from kiosk.domain.article import Article, ArticleKind

from .number_problem import NumberProblem

DEVICE_FORM = "[0-9]{12}"  # the usual one; sites may say otherwise
_SEAL = re.compile(r"[0-9]{3,19}")
_PAPER_CODE = re.compile(r"[0-9]{10}([0-9]{2})?")
_PAPER_NUMBER = re.compile(r"[0-9]{8}")
_DIGITAL = re.compile(r"[0-9]{20}")
_LARGEST = 99_999_999
_NUMBER_DIGITS = 8
_ANY_CODE = "0" * 10  # bar codes of volumes often hold the number alone


def range_of(article: Article) -> "InvoiceRange | None":
    """The numbers of an invoice volume; None for anything else, and for numbers that cannot be."""
    first, count = article.first_no, article.count
    if article.kind is not ArticleKind.INVOICE_VOLUME or first is None:
        return None
    possible = first >= 1 and count >= 1 and first + count - 1 <= _LARGEST
    return InvoiceRange("", first, count) if possible else None


class GoodsProblem(enum.Enum):
    """Why a scanned number is not the one that is expected."""

    NO_SEAL_CODE = "no_seal_code"  # cannot be on a seal at all
    NO_INVOICE_NUMBER = "no_invoice_number"
    NO_DEVICE_NUMBER = "no_device_number"
    INSIDE_VOLUME = "inside_volume"  # of this very volume, but not its first number
    OTHER_THING = "other_thing"  # might be one, and belongs to something else


def goods_problem(article: Article, text: str) -> GoodsProblem:
    """What is the matter with a text that was scanned or read for an article and does not fit it."""
    if article.kind is ArticleKind.SEAL and seal_problem(text) is not None:
        return GoodsProblem.NO_SEAL_CODE
    if article.kind is ArticleKind.TAX_DEVICE and device_problem(text) is not None:
        return GoodsProblem.NO_DEVICE_NUMBER
    if article.kind is ArticleKind.INVOICE_VOLUME:
        number = text[-_NUMBER_DIGITS:]
        if invoice_problem(text[:-_NUMBER_DIGITS] or _ANY_CODE, number) is not None:
            return GoodsProblem.NO_INVOICE_NUMBER
        numbers = range_of(article)
        if numbers is not None and numbers.holds(int(number)):
            return GoodsProblem.INSIDE_VOLUME
    return GoodsProblem.OTHER_THING


def seal_problem(code: str) -> NumberProblem | None:
    """印章编码: digits, three to nineteen of them; sources contradict one another on everything else."""
    if not 3 <= len(code) <= 19:
        return NumberProblem.LENGTH
    return None if _SEAL.fullmatch(code) else NumberProblem.FORM


def device_problem(number: str, form: str = DEVICE_FORM) -> NumberProblem | None:
    """税控设备编号 against the form that the site's configuration gives, never against a maker's prefix."""
    return None if re.fullmatch(form, number) else NumberProblem.FORM


def invoice_problem(code: str, number: str) -> NumberProblem | None:
    """A paper invoice: code of ten or twelve digits, number of eight. A digital one has a number of twenty alone."""
    if not code:
        return None if _DIGITAL.fullmatch(number) else NumberProblem.FORM
    if not _PAPER_CODE.fullmatch(code) or not _PAPER_NUMBER.fullmatch(number):
        return NumberProblem.FORM
    return None


@dataclass(frozen=True, slots=True)
class InvoiceRange:
    """发票号段: numbers of one invoice code, first and last included. Numbers are printed with eight digits."""

    code: str
    first_no: int
    count: int

    def __post_init__(self) -> None:
        if self.first_no < 1 or self.count < 1 or self.last_no > _LARGEST:
            raise ValueError("no such range of invoice numbers")

    @property
    def last_no(self) -> int:
        """The last number of it."""
        return self.first_no + self.count - 1

    @property
    def words(self) -> str:
        """As it stands on papers."""
        return f"{self.first_no:08d}" if self.count == 1 else f"{self.first_no:08d}–{self.last_no:08d}"

    def holds(self, number: int) -> bool:
        """Whether a number lies in it."""
        return self.first_no <= number <= self.last_no

    def overlaps(self, other: "InvoiceRange") -> bool:
        """Whether both hold a number in common: then one of them was written down wrong."""
        return self.code == other.code and self.first_no <= other.last_no and other.first_no <= self.last_no

    def split(self, count: int) -> tuple["InvoiceRange", "InvoiceRange | None"]:
        """The first so many numbers, and what is left; ValueError when there are not so many."""
        if not 1 <= count <= self.count:
            raise ValueError("a range is not that long")
        first = InvoiceRange(self.code, self.first_no, count)
        left = self.count - count
        return first, InvoiceRange(self.code, self.first_no + count, left) if left else None
