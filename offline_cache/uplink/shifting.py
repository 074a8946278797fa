"""The hand-over of a shift: what is open at the window, the count that is signed away, the taking-over."""

from collections.abc import Callable
from typing import Any

from kiosk.contracts import shifts as ask
from kiosk.domain.ids import idempotency_key
from kiosk.domain.shift import Shift, WindowStanding
from kiosk.faults import Fault, FaultCode
from offline_cache.exchange import Trouble
from offline_cache.wire import shifts as wire

from .storing import OF_SECOND, Asking, read_answer


def read_standing(at: Asking, question: ask.ReadStanding) -> WindowStanding | Fault:
    """What the platform has open here."""
    return read_answer(at.look("getWindowStanding", window_id=question.window), wire.standing)


def offer_shift(at: Asking, question: ask.OfferShift) -> Shift | Fault:
    """The key is the offer's own id: a line that broke makes no second one."""
    key = idempotency_key("offerShift", question.id)
    answer = at.act("offerShift", wire.offered(question), key, None, "", window_id=question.window)
    return read_answer(answer, wire.shift)


def take_shift(at: Asking, question: ask.TakeShift) -> Shift | Fault:
    """The key is the offer's and the taker's: whoever lays the card again because the answer was lost gets it."""
    second = at.desk.take_second()
    if not second:
        return Fault(FaultCode.SECOND_PERSON_WRONG)
    key = idempotency_key("takeShift", question.shift_id, question.incoming)
    ids = {"window_id": question.window, "id": question.shift_id}
    answer = at.act("takeShift", wire.taken(question), key, None, second, **ids)
    if isinstance(answer, Trouble) and answer.fault.code is FaultCode.PLATFORM_REFUSED:
        slug = answer.fault.details.get("slug", "")
        over = slug in ("too-late", "version-mismatch", "not-found")
        known = FaultCode.SHIFT_OVER if over else FaultCode.SECOND_PERSON_WRONG if slug in OF_SECOND else None
        return answer.fault if known is None else Fault(known, answer.fault.details)
    return read_answer(answer, wire.shift)


ANSWERS: dict[type[Any], Callable[[Any, Any], Any]] = {
    ask.ReadStanding: read_standing,
    ask.OfferShift: offer_shift,
    ask.TakeShift: take_shift,
}
