"""Looking at a material, page by page."""

from collections.abc import Callable
from typing import Any

from kiosk.contracts.material_pages import ReadMaterialPage
from kiosk.domain.material_page import MaterialPage
from kiosk.faults import Fault, FaultCode
from offline_cache.wire.material_pages import material_page

from .talking import Talking


def read_page(talk: Talking, question: ReadMaterialPage) -> MaterialPage | Fault:
    """Nothing of it is kept."""
    ids = {"case_id": question.case_id, "id": question.material_id, "no": str(question.page)}
    answer = talk.put("getMaterialPage", material_page, ids=ids)
    if isinstance(answer, Fault) and answer.details.get("slug") == "wrong-state":
        return Fault(FaultCode.NO_PICTURE)
    return answer


ANSWERS: dict[type[Any], Callable[[Any, Any], Any]] = {ReadMaterialPage: read_page}
