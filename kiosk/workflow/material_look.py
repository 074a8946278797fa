"""What the window shows while a clerk holds a material beside the data that it proves. Pure."""

from dataclasses import dataclass

from kiosk.domain.ids import MaterialId
from kiosk.domain.material_page import MaterialPage
from kiosk.domain.private import Private


@dataclass(frozen=True, slots=True, repr=False)
class MaterialLook(Private):
    """``line``: which line of the checklist; ``shown`` None while the page is on its way."""

    line: str
    material_id: MaterialId
    page: int = 1
    shown: MaterialPage | None = None
