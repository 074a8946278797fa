"""补正通知书: for items that may wait for what is missing. Says when the application came, what to mend, until when,
and what happens otherwise. A set-up registration does not wait: it gets the one-time notice and is accepted anew."""

from collections.abc import Sequence
from datetime import date, datetime

from kiosk.domain.case import OpeningCase
from kiosk.domain.document import Clause, Document, DocumentKind, Section, word

from .eyes import eyes_of
from .materials import Missing, missing_table
from .parts import Issuing, applicant, clauses, day, document, fields, minute, party, section, signature


def correction_notice(
    case: OpeningCase, submitted_at: datetime, missing: Sequence[Missing], deadline: date, issuing: Issuing
) -> Document:
    """``deadline``: the last day on which the correction may come."""
    eyes = eyes_of(issuing.reader, case)
    person = applicant(case)
    sections = (
        Section(
            (
                *party(case, eyes),
                *fields(("submitted_at", minute(submitted_at)), ("correct_until", day(deadline))),
            )
        ),
        section("missing", *missing_table(missing, eyes)),
        section(
            "consequence",
            *clauses(word("correction.clock"), word("correction.overdue"), word("correction.apply_again")),
        ),
        Section((Clause(word("correction.how")),)),
    )
    return document(
        DocumentKind.CORRECTION_NOTICE, issuing, sections, case=case, copies=2, sealed=True,
        signatures=(signature("applicant", eyes.name(person) if person else ""), signature("clerk")),
    )  # fmt: skip
