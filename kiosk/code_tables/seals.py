"""Seals of a new company (印章): uses, shapes, sizes, materials, and the free set of the district."""

import enum
from dataclasses import dataclass
from functools import cache

from kiosk.domain.article import SealUse

from .shipped import pack


class SealShape(enum.Enum):
    """Form of the impression."""

    ROUND = "round"
    OVAL = "oval"
    SQUARE = "square"


@dataclass(frozen=True, slots=True)
class SealMaterial:
    """What a seal is made of."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class SealKind:
    """One kind. ``police_code`` is how the police file it; ``free_count`` how many are in the free set (免费套章)."""

    use: SealUse
    police_code: str
    name: str
    name_en: str
    shape: SealShape
    width_mm: int
    height_mm: int
    materials: tuple[SealMaterial, ...]
    free_count: int


@cache
def seal_kinds() -> tuple[SealKind, ...]:
    """Every kind, by the police's code."""
    materials = {r["code"]: SealMaterial(r["code"], r["name"], r["name_en"]) for r in pack("seal_materials").rows}
    return tuple(
        SealKind(
            SealUse(r["use"]), r["police_code"], r["name"], r["name_en"], SealShape(r["shape"]), int(r["width_mm"]),
            int(r["height_mm"]), tuple(materials[code] for code in r["materials"].split()), int(r["free_count"]),
        )
        for r in sorted(pack("seal_kinds").rows, key=lambda r: r["police_code"])
    )  # fmt: skip


def seal_kind(use: SealUse) -> SealKind:
    """The kind for a use."""
    return next(kind for kind in seal_kinds() if kind.use is use)


def free_set() -> tuple[SealKind, ...]:
    """What the district pays for."""
    return tuple(kind for kind in seal_kinds() if kind.free_count)
