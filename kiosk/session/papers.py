"""The materials of a case, and links for phones: pages from the camera, files into the store, questions about a case
that the platform must have first."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import Ask, InviteSigner, MakeUploadLink
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.document_camera import DocumentCamera, PageShot, PageView
from kiosk.contracts.ledger import KeepMaterial, Verdict
from kiosk.domain.ids import CaseId, MaterialId
from kiosk.domain.signing import SigningLink, UploadLink
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Effect, Event

if TYPE_CHECKING:
    from .hands import CommonHands

_PAGE_SECONDS = 45.0
_UNDER_WAY = (Verdict.WAITING, Verdict.SENDING)


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked about a case once nothing of it is under way any more."""

    case_id: CaseId
    ask: Ask[Any]
    answered: Callable[[Any], Event]


class PaperHands:
    """Part of the citizen's hands."""

    def __init__(self, hands: "CommonHands", show: Callable[[PageView], None]) -> None:
        self._hands, self._show = hands, show
        self._lock = threading.Lock()
        self._waiting: _Question | None = None
        self.table: dict[type[Effect], Callable[[Any], None]] = {
            do.TakePage: self._take_page,
            do.BindPages: self._bind,
            do.KeepPaper: self._keep,
            do.MakeUploadLink: self._upload_link,
            do.InviteSigner: self._invite,
        }

    def stop(self) -> None:
        """Whoever asked for a link does not want it any more."""
        with self._lock:
            self._waiting = None

    def ledger_changed(self) -> None:
        """Something was sent, or could not be: perhaps the platform has now what is asked about."""
        with self._lock:
            asked = self._waiting
            if asked is None or self._is_under_way(asked.case_id):
                return
            self._waiting = None
        self._hands.ask(asked.ask, asked.answered)

    def _take_page(self, effect: do.TakePage) -> None:  # noqa: ARG002
        def take(camera: DocumentCamera) -> PageShot:
            return camera.take_page(self._show, _PAGE_SECONDS)

        camera = self._hands.tools.devices.document_camera
        self._hands.wishes.want("page", camera, DeviceKind.DOCUMENT_CAMERA, take, ev.PageTaken)

    def _bind(self, effect: do.BindPages) -> None:
        camera = self._hands.tools.devices.document_camera
        self._hands.wishes.want(
            "page", camera, DeviceKind.DOCUMENT_CAMERA, lambda c: c.bind(effect.pages), ev.PagesBound
        )

    def _keep(self, effect: do.KeepPaper) -> None:
        hands, bound = self._hands, effect.bound
        blob = hands.tools.ledger.keep_blob(bound.data, "material")
        if isinstance(blob, Fault):
            hands.post(ev.LedgerFailed(blob))
            return
        number, now = MaterialId(hands.ulid()), hands.tools.clock.now()
        deed = KeepMaterial(effect.case_id, number, effect.code, blob, bound.media_type, bound.pages, now)
        fields = (("material", effect.code), ("blob", blob), ("pages", str(bound.pages)))
        if hands.record(deed, AuditKind.MATERIAL_KEPT, fields) is not None:
            hands.post(ev.MaterialKept())

    def _upload_link(self, effect: do.MakeUploadLink) -> None:
        def answered(link: UploadLink) -> Event:
            return ev.UploadLinkMade(replace(link, address=self._address(link.address)))

        self._ask_about(_Question(effect.case_id, MakeUploadLink(effect.case_id, effect.code), answered))

    def _invite(self, effect: do.InviteSigner) -> None:
        def answered(link: SigningLink) -> Event:
            return ev.SigningLinkMade(replace(link, address=self._address(link.address)))

        self._ask_about(_Question(effect.case_id, InviteSigner(effect.case_id, effect.ref), answered))

    def _ask_about(self, question: _Question) -> None:
        if not self._hands.tools.platform.online():
            self._hands.post(ev.PlatformFailed(Fault(FaultCode.NEEDS_NETWORK)))
            return
        with self._lock:
            self._waiting = question
        self.ledger_changed()

    def _is_under_way(self, case_id: CaseId) -> bool:
        return any(one.verdict in _UNDER_WAY for one in self._hands.tools.ledger.deeds(case_id))

    def _address(self, path: str) -> str:
        platform = self._hands.tools.config.platform
        return (platform.phones or platform.url).rstrip("/") + path
