"""The library of certificates: what it has for a case, and a paper of it that is used."""

from collections.abc import Callable
from typing import Any

from kiosk.contracts import library as ask
from kiosk.domain.ids import idempotency_key
from kiosk.domain.library import LibraryPaper
from kiosk.faults import Fault, FaultCode
from offline_cache.wire import library as wire

from .talking import Talking


def look(talk: Talking, question: ask.LookInLibrary) -> tuple[LibraryPaper, ...] | Fault:
    """Good or not."""
    return talk.put("findInLibrary", wire.papers, ids={"case_id": question.case_id})


def use(talk: Talking, question: ask.UseFromLibrary) -> bool | Fault:
    """The key is the case's, the paper's and the moment of the consent: the same consent takes it once."""
    at = question.consented_at.isoformat()
    key = idempotency_key("useLibraryPaper", question.case_id, question.paper_id, at)
    ids = {"case_id": question.case_id, "id": question.paper_id}
    answer = talk.put("useLibraryPaper", wire.used, wire.use(question), key, ids)
    if isinstance(answer, Fault) and answer.code is FaultCode.PLATFORM_REFUSED:
        held = answer.details.get("slug") == "material-already-held"
        return True if held else Fault(FaultCode.LIBRARY_REFUSED, answer.details)
    return answer


ANSWERS: dict[type[Any], Callable[[Any, Any], Any]] = {
    ask.LookInLibrary: look,
    ask.UseFromLibrary: use,
}
