"""不予登记通知书 (实施细则 18–19): the application was examined and is refused."""

from kiosk.domain.case import OpeningCase
from kiosk.domain.document import Document, DocumentKind

from .decisions import Decision, refused
from .parts import Issuing


def refusal(case: OpeningCase, decision: Decision, issuing: Issuing) -> Document:
    """The notice with reasons and remedies."""
    return refused(DocumentKind.REFUSAL, case, decision, issuing)
