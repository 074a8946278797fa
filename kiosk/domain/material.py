"""Materials (材料) and what is asked of an applicant: taken once, used by every item (R69)."""

import enum
from dataclasses import dataclass
from datetime import date

from .ids import BlobId, MaterialId
from .item import Item
from .private import Private


class MaterialSource(enum.Enum):
    """Where a material came from."""

    MADE = "made"  # made or proven at the terminal: form, template, card
    SCANNED = "scanned"  # 高拍仪
    SHARED = "shared"  # 部门共享
    PHONE = "phone"
    LIBRARY = "e_cert_library"  # 电子证照库


class MaterialState(enum.Enum):
    """What a clerk said of it."""

    HELD = "HELD"  # 已收取
    RECOGNISED = "RECOGNISED"  # 已经认证
    REJECTED = "REJECTED"


@dataclass(frozen=True, slots=True)
class HeldMaterial:
    """One material that a case, an earlier case of its chain or the company already holds."""

    code: str
    source: MaterialSource
    state: MaterialState = MaterialState.HELD
    blob: BlobId | None = None  # none where another office only vouches for it
    valid_until: date | None = None  # the last day; without one it stays good
    id: MaterialId | None = None  # None: made here, and no file of its own
    pages: int = 1

    @property
    def is_picture(self) -> bool:
        """Whether somebody has still to look at it: a paper that was photographed, not one made or vouched for."""
        return self.source in (MaterialSource.SCANNED, MaterialSource.PHONE) and self.state is MaterialState.HELD

    def usable_on(self, day: date) -> bool:
        """Whether it need not be asked for again."""
        return self.state is not MaterialState.REJECTED and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One material that an item needs; the pack of the item says which (事项指南)."""

    item: Item
    code: str


@dataclass(frozen=True, slots=True, repr=False)
class NoticeLine(Private):
    """One thing of a one-time notice (一次性告知), for one item: what it is about, what is wrong with it, how it is
    mended, and on which articles that rests. ``material`` is empty for what was filled in."""

    item: Item
    code: str
    material: str = ""
    text: str = ""
    remedy: str = ""
    basis: tuple[str, ...] = ()
