"""How help is called to a citizen's side and sent back, and how whoever comes joins and goes."""

from collections.abc import Callable
from typing import Any, Protocol

from kiosk.contracts import beside
from kiosk.contracts import central_platform as ask
from kiosk.domain.help_call import HelpCall, HelpCallId
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

    def ulid(self) -> str:
        """A fresh id for something born here."""

    def anew(self) -> None:
        """What follows has the whole time of a question again."""


def call(talk: AtSide, question: beside.AskForHelp) -> HelpCallId | Fault:
    """One bell, however often the line breaks."""
    number = talk.ulid()
    key = idempotency_key("postAssistanceRequest", number)
    return talk.put("postAssistanceRequest", wire.help_called, sent.help_call(question, number), key)


def read(talk: AtSide, question: beside.ReadHelpCall) -> HelpCall | Fault:
    """As it stands now."""
    return talk.put("getAssistance", wire.help_call, b"", ids={"id": question.id})


def withdraw(talk: AtSide, question: beside.WithdrawHelpCall) -> HelpCall | Fault:
    """Once, however often it is said."""
    key = idempotency_key("withdrawAssistance", question.id)
    return talk.put("withdrawAssistance", wire.help_call, b"", key, {"id": question.id})


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


ANSWERS: dict[type[ask.Ask[Any]], Callable[[Any, Any], Any]] = {
    beside.AskForHelp: call,
    beside.ReadHelpCall: read,
    beside.WithdrawHelpCall: withdraw,
    beside.JoinVisit: join,
    beside.LeaveVisit: leave,
}
