"""Looking at a material: its pages as pictures, which are never kept on this machine."""

from dataclasses import dataclass

from kiosk.domain.ids import CaseId, MaterialId
from kiosk.domain.material_page import MaterialPage

from .central_platform import Ask


@dataclass(frozen=True, slots=True)
class ReadMaterialPage(Ask[MaterialPage]):
    """One page. Fault: no-picture (a file of which the platform has none)."""

    case_id: CaseId
    material_id: MaterialId
    page: int
