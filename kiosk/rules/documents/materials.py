"""What was received and what is missing, as the notices list it."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.domain.document import Block, Clause, Table, Text, word
from kiosk.domain.private import Private

from .eyes import Eyes


class MaterialForm(enum.Enum):
    """In which form a material came."""

    ORIGINAL = "original"  # 原件
    COPY = "copy"  # 复印件
    ELECTRONIC = "electronic"  # 电子


@dataclass(frozen=True, slots=True, repr=False)
class Received(Private):
    """A material that the hall holds."""

    name: str
    form: MaterialForm
    count: int = 1


@dataclass(frozen=True, slots=True, repr=False)
class Missing(Private):
    """A material that is missing or wrong: what is the matter, how to mend it, and which article asks for it."""

    material: str
    problem: str
    mend: str
    basis: str


@dataclass(frozen=True, slots=True)
class Remedies:
    """Where a decision may be contested. The times are those of 行政复议法 20 and 行政诉讼法 46."""

    review_office: str  # 行政复议机关
    court: str
    review_days: int = 60
    suit_months: int = 6

    def said(self) -> tuple[Text, ...]:
        """The remedies as sentences."""
        return (
            word("remedy.review", office=self.review_office, days=str(self.review_days)),
            word("remedy.suit", court=self.court, months=str(self.suit_months)),
        )


def received_table(received: Sequence[Received], eyes: Eyes) -> tuple[Block, ...]:
    """The received list; an empty one says so."""
    if not received:
        return (Clause(word("common.nothing_received")),)
    columns = (word("column.no"), word("column.material"), word("column.form"), word("column.count"))
    rows = tuple(
        (str(number), eyes.free(one.name), word(f"form.{one.form.value}"), str(one.count))
        for number, one in enumerate(received, 1)
    )
    return (Table(columns, rows),)


def missing_table(missing: Sequence[Missing], eyes: Eyes) -> tuple[Block, ...]:
    """Everything that is missing, once and for all (R44)."""
    if not missing:
        return ()
    names = ("no", "material", "problem", "mend", "basis")
    rows = tuple(
        (str(number), *(eyes.free(text) for text in (one.material, one.problem, one.mend, one.basis)))
        for number, one in enumerate(missing, 1)
    )
    return (Table(tuple(word(f"column.{name}") for name in names), rows),)
