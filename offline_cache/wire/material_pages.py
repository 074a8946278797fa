"""Pages of a material on the wire."""

from kiosk.contracts.platform_api import materials as wire
from kiosk.domain.ids import MaterialId
from kiosk.domain.material_page import MaterialPage

from .reading import read


def material_page(body: bytes) -> MaterialPage | None:
    """getMaterialPage."""
    return read(
        wire.MaterialPage, lambda one: MaterialPage(MaterialId(one.material_id), one.page, one.pages, one.data), body
    )
