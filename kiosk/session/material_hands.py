"""What a window has done for it while a clerk looks at a material."""

from collections.abc import Callable
from typing import Any

from kiosk.contracts.material_pages import ReadMaterialPage as AskForPage
from kiosk.faults import Fault, FaultCode
from kiosk.workflow.events.material_view import MaterialPageFailed, MaterialPageRead
from kiosk.workflow.material_view import ReadMaterialPage

from .hands import CommonHands


class MaterialHands:
    """Works with the window's own hands; a page is handed on and not kept."""

    def __init__(self, hands: CommonHands) -> None:
        self._hands = hands
        self.table: dict[type[Any], Callable[[Any], None]] = {ReadMaterialPage: self._read}

    def _read(self, effect: ReadMaterialPage) -> None:
        def told(answer: Any) -> None:
            self._hands.post(MaterialPageFailed(answer) if isinstance(answer, Fault) else MaterialPageRead(answer))

        if self._hands.tools.platform.online():
            self._hands.put(AskForPage(effect.case_id, effect.material_id, effect.page), told)
        else:
            self._hands.post(MaterialPageFailed(Fault(FaultCode.NEEDS_NETWORK)))
