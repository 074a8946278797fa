"""登记通知书 (实施细则 18): the company exists, under this name and number, since this day."""

from datetime import date

from kiosk.domain.case import OpeningCase
from kiosk.domain.document import Clause, Document, DocumentKind, Section, Text, word

from .called import named, run_by
from .eyes import eyes_of
from .parts import Issuing, applicant, day, document, fields, section, signature


def registration_notice(
    case: OpeningCase, approved_on: date, registry: Text, issuing: Issuing, *, collected: bool = False
) -> Document:
    """The notice; ``registry`` is the authority that registered. ``collected``: it comes with the things."""
    eyes = eyes_of(issuing.reader, case)
    person = applicant(case)
    sections = (
        Section(
            (
                Clause(word("registration.done")),
                *fields(
                    named(case),
                    *run_by(case, eyes),
                    ("uscc", case.uscc),
                    ("approved_on", day(approved_on)),
                    ("registry", registry),
                ),
            )
        ),
        section("next", Clause(word("registration.collected" if collected else "registration.collect"))),
    )
    return document(
        DocumentKind.REGISTRATION_NOTICE, issuing, sections, case=case, sealed=True,
        signatures=(signature("recipient", eyes.name(person) if person else ""),),
    )  # fmt: skip
