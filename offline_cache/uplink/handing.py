"""How a hand-over is prepared, and how one is found of which this machine never heard."""

from collections.abc import Callable
from typing import Any, Protocol

from kiosk.contracts import central_platform as ask
from kiosk.contracts.clock import Clock
from kiosk.domain.handover import Handover
from kiosk.domain.ids import idempotency_key
from kiosk.faults import Fault, FaultCode
from offline_cache import wire
from offline_cache.wire import sent

from .talking import Talking

_OF_PREPARING = {
    "case-not-ready": FaultCode.CASE_NOT_READY,
    "items-not-ready": FaultCode.CASE_NOT_READY,
    "handover-open": FaultCode.HANDOVER_OPEN,
    "window-has-open-handover": FaultCode.HANDOVER_OPEN,
    "directive-no-handover": FaultCode.HANDOVER_STOPPED,
}


class Around(Protocol):
    """What is there beside the lane."""

    @property
    def terminal_id(self) -> str:
        """Who asks."""

    @property
    def boot(self) -> str:
        """This run of the terminal."""

    @property
    def permit_key(self) -> bytes:
        """The platform's, for permits."""

    @property
    def clock(self) -> Clock:
        """What time it is."""

    @property
    def keep_handover(self) -> Callable[[Handover], Fault | None]:
        """Writes it to the disk."""


class AtCounter(Talking, Protocol):
    """A conversation in which permits are checked and kept."""

    @property
    def around(self) -> Around:
        """What is there beside the lane."""


def prepare(talk: AtCounter, question: ask.PrepareHandover) -> Handover | Fault:
    """A permit is checked and on the disk before anybody hears of it."""
    around = talk.around
    key = idempotency_key("prepareHandover", question.id)
    prepared = talk.put("prepareHandover", wire.handover, sent.preparation(question, around.boot), key)
    if isinstance(prepared, Fault):
        said = _OF_PREPARING.get(prepared.details.get("slug", ""))
        return prepared if said is None else Fault(said, prepared.details)
    prepared = wire.with_terms(prepared, around.permit_key)
    if not wire.fits_permit(prepared, question, around.terminal_id, around.boot):
        return Fault(FaultCode.PERMIT_INVALID, {"handover": question.id})
    if prepared.permit is not None and prepared.permit.expires_at <= around.clock.now():
        return Fault(FaultCode.PERMIT_EXPIRED, {"handover": question.id})
    return around.keep_handover(prepared) or prepared


def open_handovers(talk: AtCounter, question: ask.FindOpenHandovers) -> tuple[Handover, ...] | Fault:
    """Each is on the disk before anybody hears of it, so that the recheck needs no line."""
    found = talk.put("listOpenHandovers", wire.open_handovers, query=f"?open=1&window={question.window}")
    if isinstance(found, Fault):
        return found
    faults = (talk.around.keep_handover(one) for one in found)
    return next((fault for fault in faults if fault is not None), found)


ANSWERS: dict[type[ask.Ask[Any]], Callable[[Any, Any], Any]] = {
    ask.PrepareHandover: prepare,
    ask.FindOpenHandovers: open_handovers,
}
