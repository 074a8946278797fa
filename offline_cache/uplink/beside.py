"""How somebody of the staff comes to a call at the citizen's side, and goes."""

from collections.abc import Callable
from typing import Any, Protocol

from kiosk.contracts import beside
from kiosk.contracts import central_platform as ask
from kiosk.domain.help_call import HelpCall
from kiosk.domain.ids import StaffRef, idempotency_key
from kiosk.faults import Fault
from offline_cache import wire
from offline_cache.wire import sent

from .staff import StaffDesk
from .talking import Talking


class AtSide(Talking, Protocol):
    """A conversation in which somebody may stand beside the citizen."""

    @property
    def desk(self) -> StaffDesk:
        """Who that is."""

    def anew(self) -> None:
        """What follows has the whole time of a question again."""


def join(talk: AtSide, question: beside.JoinVisit) -> HelpCall | Fault:
    """The key is the call's, its version's and the person's own: joined once, however the line is."""
    call = question.call
    return talk.put(
        "joinVisit", wire.help_call, sent.join(question), _key("joinVisit", call, question.by), {"id": call.id},
        version=call.version, token=talk.desk.beside(question.by),
    )  # fmt: skip


def leave(talk: AtSide, question: beside.LeaveVisit) -> HelpCall | Fault | None:
    """The call first, for leaving it takes the sign-in. What the platform hears of neither, it ends with the
    sign-in's time."""
    token, joined = talk.desk.drop_beside(), question.joined
    if not token:
        return None
    left: HelpCall | Fault | None = None
    if joined is not None:
        left = talk.put(
            "leaveVisit", wire.help_call, sent.leave(joined), _key("leaveVisit", joined, joined.by),
            {"id": joined.id}, version=joined.version, token=token,
        )  # fmt: skip
        talk.anew()
    closed = talk.put("closeStaffSession", lambda _: True, token=token)
    return closed if left is None and isinstance(closed, Fault) else left


def _key(operation: str, call: HelpCall, by: StaffRef) -> str:
    return idempotency_key(operation, call.id, str(call.version), by)


ANSWERS: dict[type[ask.Ask[Any]], Callable[[Any, Any], Any]] = {beside.JoinVisit: join, beside.LeaveVisit: leave}
