"""收件凭证: the hall has these materials; from here on nobody may ask for them again (R71)."""

from collections.abc import Sequence
from datetime import datetime

from kiosk.domain.case import OpeningCase
from kiosk.domain.document import Clause, Document, DocumentKind, PaperSize, Section, word

from .eyes import eyes_of
from .materials import Received, received_table
from .parts import Issuing, document, fields, minute, party, section, signature


def material_receipt(
    case: OpeningCase, received: Sequence[Received], expected: datetime | None, issuing: Issuing
) -> Document:
    """``expected``: until when the person will hear whether the application is accepted."""
    eyes = eyes_of(issuing.reader, case)
    sections = (
        Section(party(case, eyes)),
        section("received", *received_table(received, eyes)),
        Section(
            (
                *fields(("expected_at", minute(expected) if expected else "")),
                Clause(word("receipt.not_yet_accepted")),
                Clause(word("receipt.not_again")),
            )
        ),
    )
    return document(
        DocumentKind.MATERIAL_RECEIPT, issuing, sections, case=case, paper=PaperSize.ROLL_80,
        signatures=(signature("receiver_clerk"),), sealed=True,
    )  # fmt: skip
