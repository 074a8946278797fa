"""Messages to the applicant (R47): each goes by SMS and as a notice on the platform, and both are recorded."""

from typing import Literal

from .base import LIMIT, Answered, Code, Moment, Offline, Op, Sent, Text200, Ulid

DeliveryStateCode = Literal["QUEUED", "SENT", "DELIVERED", "FAILED"]
ToldAs = Literal["called", "in_person", "sent_again", "unreachable"]


class SendNotification(Sent, frozen=True):
    """Tell the applicant once more. Which templates a clerk may send, and when, is data of the platform."""

    id: Ulid
    case_id: Ulid
    template: Code


class Delivery(Answered, frozen=True):
    """One way of one message."""

    channel: Literal["sms", "platform"]
    state: DeliveryStateCode
    changed_at: Moment
    attempts: int = 0
    reason: str = ""


class Notification(Answered, frozen=True):
    """One message with both its ways. The pick-up code is in the text for the applicant only."""

    id: str
    case_id: str
    template: str
    at: Moment
    by: Literal["system", "clerk"]
    version: int
    text: str
    text_en: str
    deliveries: tuple[Delivery, ...]


class Notifications(Answered, frozen=True):
    """What the applicant of a case was told, newest first."""

    case_id: str
    items: tuple[Notification, ...] = ()


class FailedMessage(Answered, frozen=True):
    """A message that did not reach the applicant by SMS, and what was done about it. No number and no name: whoever
    sees to it opens the case. ``owner`` is the role whose matter it is."""

    id: str
    case_id: str
    slip_code: str
    template: str
    at: Moment
    attempts: int
    reason: str
    owner: Literal["clerk"] = "clerk"
    told_as: ToldAs | None = None
    words: str = ""
    closed_at: Moment | None = None
    closed_by: str = ""


class FailedMessages(Answered, frozen=True):
    """Nobody has seen to these yet, oldest first."""

    items: tuple[FailedMessage, ...] = ()


class CloseFailedMessage(Sent, frozen=True):
    """How the applicant came to know after all, or that nobody was reached."""

    told_as: ToldAs
    words: Text200 = ""


OPERATIONS: tuple[Op, ...] = (
    Op("sendNotification", "POST", "/v1/notifications", 201, Notification, "W", "tell the applicant once more",
       SendNotification, idem=True, also=(200,), offline=Offline.QUEUED,
       problems=("not-found", "wrong-state", "id-taken")),
    Op("listNotifications", "GET", "/v1/cases/{case_id}/notifications", 200, Notifications, "CWS",
       "what the applicant was told, and what became of it", offline=Offline.CACHED, problems=("not-found",)),
    Op("listFailedMessages", "GET", "/v1/failed-messages", 200, FailedMessages, "WS",
       "messages that reached nobody and that nobody has seen to, oldest first", query=(LIMIT,),
       offline=Offline.CACHED),
    Op("closeFailedMessage", "POST", "/v1/failed-messages/{id}/close", 200, FailedMessage, "WS",
       "say how the applicant was told after all", CloseFailedMessage, idem=True,
       problems=("not-found", "wrong-state")),
)  # fmt: skip
