"""Messages to the applicant (R47): each goes by SMS and as a notice on the platform, and both are recorded."""

from typing import Literal

from .base import Answered, Code, Moment, Offline, Op, Sent, Ulid

DeliveryStateCode = Literal["QUEUED", "SENT", "DELIVERED", "FAILED"]


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


OPERATIONS: tuple[Op, ...] = (
    Op("sendNotification", "POST", "/v1/notifications", 201, Notification, "W", "tell the applicant once more",
       SendNotification, idem=True, also=(200,), offline=Offline.QUEUED,
       problems=("not-found", "wrong-state", "id-taken")),
    Op("listNotifications", "GET", "/v1/cases/{case_id}/notifications", 200, Notifications, "CWS",
       "what the applicant was told, and what became of it", offline=Offline.CACHED, problems=("not-found",)),
)  # fmt: skip
