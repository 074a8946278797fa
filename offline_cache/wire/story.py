"""Promises and messages of a case."""

from kiosk.contracts.platform_api import clocks as wire
from kiosk.contracts.platform_api import notices
from kiosk.domain.case_story import FailedMessage, Message, Pause, Promise
from kiosk.domain.ids import CaseId, SlipCode

from .reading import read


def promises(body: bytes) -> tuple[Promise, ...] | None:
    """Every clock of a case."""

    def make(said: wire.Clocks) -> tuple[Promise, ...]:
        return tuple(
            Promise(
                one.what, one.kind, one.started_at, one.due_at, one.paused,
                tuple(Pause(p.started_at, p.ended_at, p.reason) for p in one.pauses), one.stopped_at,
                one.breached_at, one.remaining_minutes,
            )
            for one in said.items
        )  # fmt: skip

    return read(wire.Clocks, make, body)


def messages(body: bytes) -> tuple[Message, ...] | None:
    """What the applicant was told."""

    def make(said: notices.Notifications) -> tuple[Message, ...]:
        return tuple(
            Message(
                one.id, one.template, one.at, one.text, one.text_en,
                tuple((way.channel, way.state) for way in one.deliveries),
                tuple(way.channel for way in one.deliveries if way.state == "FAILED"),
            )
            for one in said.items
        )  # fmt: skip

    return read(notices.Notifications, make, body)


def failed_messages(body: bytes) -> tuple[FailedMessage, ...] | None:
    """What reached nobody."""

    def make(said: notices.FailedMessages) -> tuple[FailedMessage, ...]:
        return tuple(
            FailedMessage(
                one.id, CaseId(one.case_id), SlipCode(one.slip_code), one.template, one.at, one.attempts, one.reason
            )
            for one in said.items
        )  # fmt: skip

    return read(notices.FailedMessages, make, body)


def closing(body: bytes) -> bool | None:
    """Whether the platform has it as closed."""
    return read(notices.FailedMessage, lambda said: said.closed_at is not None, body)
