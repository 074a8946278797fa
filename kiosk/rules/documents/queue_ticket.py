"""取号单: the number under which a person waits. One business for everything (R35), no name and no number on it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.domain.document import Clause, Code, Document, DocumentKind, PaperSize, Section, word

from .parts import Issuing, clauses, document, fields, minute, plain_reference

CLOSING_SOON = timedelta(minutes=30)  # from then on a ticket says that it may not be served today


@dataclass(frozen=True, slots=True)
class QueueTicket:
    """A number as the hall gave it, or, while the platform did not answer, the terminal from its own series.
    ``closes_at`` is the end of today's hours; ``area`` empty: every comprehensive window."""

    number: str
    waiting: int | None  # people in front; None: drawn without the platform, so nobody knows
    area: str = ""
    taken_at: datetime = field(kw_only=True)
    closes_at: datetime | None = None
    calls_kept: int = 3  # so many calls later a missed number has to be taken anew


def queue_ticket(ticket: QueueTicket, issuing: Issuing) -> Document:
    """The ticket for the roll."""
    rules = [word("queue.missed", calls=str(ticket.calls_kept)), word("queue.bring")]
    if ticket.closes_at is not None and ticket.closes_at - ticket.taken_at <= CLOSING_SOON:
        rules.append(word("queue.closing", time=f"{ticket.closes_at:%H:%M}"))
    if ticket.waiting is None:
        rules.append(word("queue.local"))
    ahead = word("queue.ahead", count=str(ticket.waiting)) if ticket.waiting else word("queue.next")
    if ticket.waiting is None:
        ahead = word("queue.unknown")
    facts = Section(
        (
            Code(ticket.number),
            *fields(("business", word("queue.business")), ("area", ticket.area or word("queue.area"))),
            *fields(("waiting", ahead), ("taken_at", minute(ticket.taken_at))),
        )
    )
    sections = (facts, Section(clauses(*rules)), Section((Clause(word("queue.helper")),)))
    qr = plain_reference("QT1", f"{ticket.taken_at:%Y%m%d}", ticket.number)
    return document(DocumentKind.QUEUE_TICKET, issuing, sections, paper=PaperSize.ROLL_80, qr=qr)
