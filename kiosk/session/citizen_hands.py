"""What a citizen's visit has done for it."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from kiosk.code_tables.policy_guides import policy_guide
from kiosk.contracts.device import DeviceKind, Supply
from kiosk.contracts.document_camera import PageView
from kiosk.contracts.face_camera import FaceCamera, FaceShot, Frame
from kiosk.contracts.page_pictures import SlipPictures
from kiosk.domain.acts import Act
from kiosk.domain.ids import CaseId, DivisionCode, new_slip_code
from kiosk.domain.paper import Receipt
from kiosk.rules.documents.guide_page import guide_page
from kiosk.rules.documents.receipt import receipt_of
from kiosk.rules.documents.slip import slip
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event

from .beside import BesideHands
from .feedback import FeedbackHands
from .hands import CommonHands, Tools
from .later import LaterHands
from .offers import OfferHands
from .papers import PaperHands
from .previews import Previews
from .queue_hands import NumberHands
from .resumption import Resumption
from .social_card import SocialCardHands

_FACE_SECONDS = 45.0


class CitizenHands(CommonHands):
    """Hands of the self-service terminal."""

    actor: ClassVar[str] = "citizen"

    def __init__(
        self,
        tools: Tools,
        post: Callable[[Event], object],
        show: Callable[[Frame | PageView], None],
        pictures: SlipPictures,
    ) -> None:
        super().__init__(tools, post)
        self._previews = Previews[Receipt](pictures, post)
        self._show = show
        self._papers = PaperHands(self, show)
        self._beside = BesideHands(self)
        self._table |= {
            do.BeginVisit: self._begin,
            do.TakeFace: self._take_face,
            do.AskName: self._ask_name,
            do.FindScope: self._find_scope,
            do.LookAtPaper: self._look_at_paper,
            do.PrintSlip: self._print_slip,
            do.ShowSlip: self._show_slip,
            do.PrintGuide: self._print_guide,
            **Resumption(self).table,
            **FeedbackHands(self).table,
            **NumberHands(self).table,
            **self._papers.table,
            **LaterHands(self).table,
            **OfferHands(self).table,
            **self._beside.table,
            **SocialCardHands(tools.devices, self.wishes).table,
        }

    def forget(self) -> None:
        """Stop everything that a visit asked for."""
        self._papers.stop()
        self._beside.leave()
        super().forget()

    def _stop_devices(self, effect: do.StopDevices) -> None:
        self._papers.stop()
        super()._stop_devices(effect)

    def _ledger_changed(self, case_id: CaseId | None) -> None:
        super()._ledger_changed(case_id)
        self._papers.ledger_changed()

    def _begin(self, effect: do.BeginVisit) -> None:  # noqa: ARG002
        if (fault := self.tools.orders.barred().get(Act.BEGIN_VISIT)) is not None:
            self.post(ev.LedgerFailed(fault))
            return
        self.forget()
        self.bell.look()
        code, division = new_slip_code(self.tools.clock.entropy(8)), DivisionCode(self.tools.config.site.division)
        self.post(ev.VisitBegun(CaseId(self.ulid()), code, division))

    def _take_face(self, effect: do.TakeFace) -> None:
        def capture(camera: FaceCamera) -> FaceShot:
            return camera.capture(self._show, _FACE_SECONDS, effect.portrait)

        self.wishes.want("face", self.tools.devices.face_camera, DeviceKind.FACE_CAMERA, capture, ev.FaceTaken)

    def _ask_name(self, effect: do.AskName) -> None:
        self.ask(effect.question, ev.NameJudged)

    def _find_scope(self, effect: do.FindScope) -> None:
        found = self.tools.ledger.scope_items(effect.typed, 30)
        self.post(ev.ScopeFound(effect.typed, found))

    def _look_at_paper(self, effect: do.LookAtPaper) -> None:  # noqa: ARG002
        def answered(supply: Supply) -> Event:
            return ev.PaperLooked(supply)

        printer = self.tools.devices.receipt_printer
        self.wishes.want("paper", printer, DeviceKind.RECEIPT_PRINTER, lambda p: p.supply(), answered)

    def _receipt(self, effect: do.PrintSlip) -> Receipt:
        issuing = replace(
            self.issuing(effect.language), reader=effect.reader, evidence=self.tools.ledger.state().audit_head
        )
        document = slip(effect.case, effect.sent, issuing)
        return receipt_of(document, f"{effect.case.id}-receipt", reprint=effect.reprint)

    def _print_slip(self, effect: do.PrintSlip) -> None:
        self.printouts.slip("slip", self._receipt(effect), effect.case.id)

    def _show_slip(self, effect: do.ShowSlip) -> None:
        self._previews.show(effect.job, self._receipt(effect.slip))

    def close(self) -> None:
        """The terminal stops; what is being painted is not looked at any more."""
        super().close()
        self._previews.close()

    def _print_guide(self, effect: do.PrintGuide) -> None:
        receipt = guide_page(policy_guide(effect.guide), self.tools.config.site.name, effect.language)
        self.printouts.slip("guide_page", receipt)
