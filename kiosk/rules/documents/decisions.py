"""What the two refusals share: the reasons with their articles, and where to contest the decision."""

from dataclasses import dataclass

from kiosk.domain.case import OpeningCase
from kiosk.domain.document import Clause, Document, DocumentKind, Section, word
from kiosk.domain.private import Private

from .eyes import eyes_of
from .materials import Remedies
from .parts import Issuing, applicant, clauses, document, fields, party, section, signature


@dataclass(frozen=True, slots=True, repr=False)
class Decision(Private):
    """A decision against the application, with its grounds and where it may be contested."""

    number: str
    reasons: tuple[str, ...]
    basis: str
    remedies: Remedies


def refused(kind: DocumentKind, case: OpeningCase, decision: Decision, issuing: Issuing) -> Document:
    """The decision as it is delivered; ``decision.<kind>`` is its operative sentence."""
    eyes = eyes_of(issuing.reader, case)
    person = applicant(case)
    sections = (
        Section((*party(case, eyes), Clause(word(f"decision.{kind.value}")))),
        section("reasons", *clauses(*(eyes.free(one) for one in decision.reasons))),
        Section(fields(("basis", eyes.free(decision.basis)))),
        section("remedies", *clauses(*decision.remedies.said())),
    )
    return document(
        kind, issuing, sections, case=case, number=decision.number, copies=2, sealed=True,
        signatures=(signature("recipient", eyes.name(person) if person else ""),),
    )  # fmt: skip
