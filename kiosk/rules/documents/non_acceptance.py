"""不予受理通知书 (行政许可法 32): the application does not belong here, or not in this way."""

from kiosk.domain.case import OpeningCase
from kiosk.domain.document import Document, DocumentKind

from .decisions import Decision, refused
from .parts import Issuing


def non_acceptance(case: OpeningCase, decision: Decision, issuing: Issuing) -> Document:
    """The notice with reasons and remedies."""
    return refused(DocumentKind.NON_ACCEPTANCE, case, decision, issuing)
