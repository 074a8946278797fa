"""取号单: the number under which a person waits. One business for everything (R35), no name and no number on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.domain.document import Clause, Code, Document, DocumentKind, PaperSize, Section, word

from .parts import Issuing, clauses, document, fields, minute, plain_reference

CLOSING_SOON = timedelta(minutes=30)  # from then on a ticket says that it may not be served today


@dataclass(frozen=True, slots=True)
class QueueTicket:
    """A number as the hall gave it; ``closes_at`` is the end of today's hours."""

    number: str
    waiting: int  # people in front
    area: str
    taken_at: datetime
    closes_at: datetime | None = None
    calls_kept: int = 3  # so many calls later a missed number has to be taken anew


def queue_ticket(ticket: QueueTicket, issuing: Issuing) -> Document:
    """The ticket for the roll."""
    rules = [word("queue.missed", calls=str(ticket.calls_kept)), word("queue.bring")]
    if ticket.closes_at is not None and ticket.closes_at - ticket.taken_at <= CLOSING_SOON:
        rules.append(word("queue.closing", time=f"{ticket.closes_at:%H:%M}"))
    ahead = word("queue.ahead", count=str(ticket.waiting)) if ticket.waiting else word("queue.next")
    facts = Section(
        (
            Code(ticket.number),
            *fields(("business", word("queue.business")), ("area", ticket.area), ("waiting", ahead)),
            *fields(("taken_at", minute(ticket.taken_at))),
        )
    )
    sections = (facts, Section(clauses(*rules)), Section((Clause(word("queue.helper")),)))
    qr = plain_reference("QT1", f"{ticket.taken_at:%Y%m%d}", ticket.number)
    return document(DocumentKind.QUEUE_TICKET, issuing, sections, paper=PaperSize.ROLL_80, qr=qr)
