"""The picture of one page of a material, in memory only."""

from dataclasses import dataclass

from .ids import MaterialId
from .private import Private


@dataclass(frozen=True, slots=True, repr=False)
class MaterialPage(Private):
    """``page`` counts from 1; ``picture`` is a JPEG or PNG."""

    material_id: MaterialId
    page: int
    pages: int
    picture: bytes
